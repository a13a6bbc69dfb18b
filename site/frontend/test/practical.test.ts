// @vitest-environment jsdom
// The score sheet: marks that outlive a dead network, sums, clocks, the signature, the hand-in.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Queue } from "../src/exam/queue";
import type { Answer } from "../src/exam/types";
import { SheetApi } from "../src/practical/api";
import { Board } from "../src/practical/board";
import { Pad } from "../src/practical/pad";
import { clock, Times } from "../src/practical/times";

const SHEET = "5b1b7db7";
const MARKS = [0, 1, 2, 3];

const item = (slot: number) =>
  `<fieldset class="sheet-item"><legend>${slot}</legend>${MARKS.map(
    (mark) => `<input type="radio" name="mark-${slot}" value="${mark}" data-slot="${slot}">`,
  ).join("")}</fieldset>`;

const task = (position: number, first: number) =>
  `<section data-task="${position}" data-minutes="10">${item(first)}${item(first + 1)}
  <p><button type="button" data-timer></button><span role="timer"></span></p>
  <input type="checkbox" name="veto-${first + 2}" data-veto="${first + 2}"><input name="note-${first + 2}" data-note="${first + 2}">
  <div class="sheet-photos"><label><input type="file" data-photo="${position}"></label><p data-photo-told="${position}"></p></div></section>`;

const PAGE = `<form id="sheet" data-sheet="${SHEET}" data-next-seq="100" data-login-url="/login/">
<output id="total"></output><output data-sum="1"></output><output data-sum="2"></output>
<p class="sheet-link" hidden></p><div class="sheet-banner"></div>${task(1, 1)}${task(2, 4)}
<input name="started_at"><input name="finished_at"><input name="signature"><input name="signed_name">
<button type="submit" name="act" value="submit"></button><button type="submit" name="act" value="save" data-save></button></form>`;

/** A server that keeps the highest sequence number, and can be away. */
class Server {
  held = new Map<number, Answer>();
  state: "up" | "down" | "login" | "closed" = "up";
  photos = 0;

  fetch = (async (url: string, init: RequestInit) => {
    if (this.state === "down") throw new TypeError("Failed to fetch");
    const json = (status: number, body: object) =>
      new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
    if (this.state === "login") return new Response("<html>", { headers: { "content-type": "text/html" } });
    if (url === "/photos/") {
      this.photos += 1;
      return json(200, { photo: { id: "1", url: "/photos/1/" } });
    }
    if (init.method === "GET") return json(200, { token: "t", status: this.state === "up" ? "open" : "closed" });
    if (this.state === "closed") return json(409, { reason: "closed", receipt: null });
    const { answers } = JSON.parse(String(init.body)) as { answers: Answer[] };
    for (const answer of answers) if (answer.seq > (this.held.get(answer.slot)?.seq ?? 0)) this.held.set(answer.slot, answer);
    return json(200, { acks: answers.map(({ slot }) => ({ slot, seq: this.held.get(slot)?.seq })) });
  }) as typeof fetch;
}

let server: Server;
let root: HTMLFormElement;
let board: Board;
let reloads: number;
let submitted: FormData[];
let store: Map<string, string>;

async function open(): Promise<void> {
  document.documentElement.lang = "en";
  document.body.innerHTML = PAGE;
  root = document.querySelector("form")!;
  root.submit = () => submitted.push(new FormData(root));
  const api = new SheetApi({ state: "/state/", photos: "/photos/" }, "t", server.fetch);
  const times = new Times(SHEET, { getItem: (key) => store.get(key) ?? null, setItem: (key, value) => void store.set(key, value) });
  board = new Board(root, api, await Queue.open(SHEET), times, null, () => (reloads += 1));
}

function choose(slot: number, mark: number): void {
  const field = root.querySelector<HTMLInputElement>(`[data-slot="${slot}"][value="${mark}"]`)!;
  field.checked = true;
  board.changed(field);
}

function note(slot: number, text: string, seen = true): void {
  const box = root.querySelector<HTMLInputElement>(`[data-veto="${slot}"]`)!;
  box.checked = seen;
  root.querySelector<HTMLInputElement>(`[data-note="${slot}"]`)!.value = text;
  board.changed(box);
}

const text = (selector: string) => root.querySelector(selector)!.textContent;
const button = (act: string) => root.querySelector<HTMLButtonElement>(`button[value=${act}]`)!;
const fieldOf = (name: string) => root.elements.namedItem(name) as HTMLInputElement;
const settled = () => vi.waitFor(() => expect(root.querySelector(".sheet-link")!.className).toContain("is-saved"), 4000);
const markAll = () => [1, 2, 4, 5].forEach((slot) => choose(slot, 3));

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  Element.prototype.scrollIntoView = () => {};
  server = new Server();
  reloads = 0;
  submitted = [];
  store = new Map();
  await open();
});

describe("marks", () => {
  test("are sent as they are given, and summed by task and in all", async () => {
    choose(1, 3);
    choose(2, 2);
    choose(5, 1);
    choose(1, 1);
    expect([text("[data-sum='1']"), text("[data-sum='2']"), text("#total")]).toEqual(["3", "1", "4"]);
    await settled();
    expect([...server.held.values()].map(({ slot, response }) => [slot, response])).toEqual([[1, "1"], [2, "2"], [5, "1"]]);
    expect(server.held.get(1)!.seq).toBe(103);
  });

  test("a veto goes with its note, and can be taken back", async () => {
    note(3, "touched the terminal");
    await settled();
    expect(server.held.get(3)).toMatchObject({ response: "touched the terminal", marked: true });
    note(3, "", false);
    await vi.waitFor(() => expect(server.held.get(3)!.marked).toBe(false));
  });

  test("given without a network are kept, shown after a reload and sent when it is back", async () => {
    server.state = "down";
    choose(1, 3);
    note(3, "seen");
    await vi.waitFor(() => expect(text(".sheet-link")).toContain("2 kept"));
    expect(text(".sheet-banner")).toContain("No network");
    expect(board.unsent).toBe(true);
    await open();
    expect(root.querySelector<HTMLInputElement>("[data-slot='1'][value='3']")!.checked).toBe(true);
    expect([fieldOf("note-3").value, fieldOf("veto-3").checked]).toEqual(["seen", true]);
    expect(text("#total")).toBe("3");
    server.state = "up";
    board.sync.reached();
    await settled();
    expect([...server.held.keys()]).toEqual([1, 3]);
    choose(1, 2);
    await settled();
    expect(server.held.get(1)).toMatchObject({ response: "2", seq: 102 });
  });

  test("that are older than what another tablet gave make the page load what counts", async () => {
    server.held.set(1, { slot: 1, response: "2", marked: false, seq: 900 });
    choose(1, 3);
    await vi.waitFor(() => expect(reloads).toBe(1));
    expect(server.held.get(1)!.response).toBe("2");
  });

  test("what is kept on the tablet says nothing of the candidate", async () => {
    server.state = "down";
    choose(1, 3);
    const queue = await Queue.open(SHEET);
    await vi.waitFor(async () => expect((await Queue.open(SHEET)).list()).toHaveLength(1));
    expect(queue.durable).toBe(true);
    expect((await Queue.open(SHEET)).list()).toEqual([{ slot: 1, response: "3", marked: false, seq: 100 }]);
  });

  test("a log-in that ended keeps them and shows the way", async () => {
    server.state = "login";
    choose(1, 3);
    await vi.waitFor(() => expect(root.querySelector(".sheet-banner a")?.getAttribute("href")).toBe("/login/"));
    expect(board.unsent).toBe(true);
  });
});

describe("handing in", () => {
  test("is refused while an item lacks its mark or a veto its note", async () => {
    choose(1, 3);
    await board.send(button("submit"));
    expect(document.activeElement).toBe(root.querySelector("[data-slot='2']"));
    markAll();
    note(6, "");
    await board.send(button("submit"));
    expect(document.activeElement).toBe(fieldOf("note-6"));
    expect(submitted).toEqual([]);
  });

  test("wants a signature or a name", async () => {
    markAll();
    await board.send(button("submit"));
    expect(text(".sheet-banner")).toContain("signature");
    expect(submitted).toEqual([]);
  });

  test("sends what is left first, with times of its own", async () => {
    markAll();
    fieldOf("signed_name").value = "Wang";
    await board.send(button("submit"));
    expect(server.held.size).toBe(4);
    const [form] = submitted;
    expect([form!.get("act"), form!.get("signed_name"), form!.get("mark-5")]).toEqual(["submit", "Wang", "3"]);
    for (const name of ["started_at", "finished_at"]) expect(form!.get(name)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(board.unsent).toBe(false);
    await board.send(button("submit"));
    expect(submitted).toHaveLength(1);
  });

  test("waits for the network, and nothing is lost", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    server.state = "down";
    markAll();
    fieldOf("signed_name").value = "Wang";
    const sending = board.send(button("submit"));
    await vi.advanceTimersByTimeAsync(9000);
    await sending;
    vi.useRealTimers();
    expect(text(".sheet-banner")).toContain("no network");
    expect([submitted.length, board.unsent]).toEqual([0, true]);
  });

  test("of a sheet that was closed elsewhere says so", async () => {
    server.state = "closed";
    choose(1, 3);
    await vi.waitFor(() => expect(text(".sheet-banner")).toContain("closed"));
  });
});

describe("photos", () => {
  const send = (position: number) => {
    const field = root.querySelector<HTMLInputElement>(`[data-photo="${position}"]`)!;
    Object.defineProperty(field, "files", { configurable: true, value: [new File(["x"], "x.jpg")] });
    board.changed(field);
  };

  test("go out when they are chosen and are shown", async () => {
    send(1);
    await vi.waitFor(() => expect(root.querySelector(".sheet-thumbs img")?.getAttribute("src")).toBe("/photos/1/"));
    expect(text("[data-photo-told='1']")).toBe("The photo is saved.");
  });

  test("are tried again once the network is back", async () => {
    server.state = "down";
    send(2);
    await vi.waitFor(() => expect(text("[data-photo-told='2']")).toContain("not sent yet"));
    server.state = "up";
    choose(1, 1);
    await vi.waitFor(() => expect(text("[data-photo-told='2']")).toBe("The photo is saved."));
    expect(server.photos).toBe(1);
  });
});

describe("clocks", () => {
  test("count down, then over, and outlive a reload", () => {
    let now = 1_000_000;
    const times = new Times("s", { getItem: (key) => store.get(key) ?? null, setItem: (key, value) => void store.set(key, value) }, () => now);
    expect(times.left("1", 10)).toBeNull();
    times.begin("1");
    now += 595_000;
    times.begin("1");
    expect([times.left("1", 10), clock(5), clock(600), clock(-30)]).toEqual([5, "0:05", "10:00", "-0:30"]);
    now += 35_000;
    expect(times.left("1", 10)).toBe(-30);
    expect(times.local(Date.UTC(2026, 10, 24, 5, 0, 1))).toBe("2026-11-24T13:00:01");
  });

  test("a store that is forbidden only costs the clock", () => {
    const broken = () => {
      throw new DOMException("denied");
    };
    const times = new Times("s", { getItem: broken, setItem: broken });
    times.begin("1");
    expect(times.left("1", 10)).toBeNull();
  });

  test("the page shows the time left of a task that began", () => {
    board.start("2");
    expect(text("[data-task='2'] [role=timer]")).toBe("10:00 left");
    expect(text("[data-task='1'] [role=timer]")).toBe("");
  });
});

test("a tap is no signature, a stroke is one, and cleared it is none", () => {
  const canvas = document.createElement("canvas");
  canvas.getContext = (() => null) as never;
  canvas.toDataURL = () => "data:image/png;base64,x";
  const pad = new Pad(canvas);
  const at = (type: string, x: number) => canvas.dispatchEvent(new MouseEvent(type, { clientX: x, clientY: 0 }));
  at("pointerdown", 1);
  at("pointerup", 1);
  expect([pad.empty, pad.value()]).toEqual([true, ""]);
  at("pointerdown", 1);
  at("pointermove", 90);
  expect(pad.value()).toBe("data:image/png;base64,x");
  pad.clear();
  expect(pad.empty).toBe(true);
});
