// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { placeActs, roomActs } from "../src/console/acts";
import { ConsoleApi } from "../src/console/api";
import { Desk } from "../src/console/desk";
import { fits, Grid, isQuiet, span } from "../src/console/grid";
import { hour } from "../src/console/hour";
import { Live } from "../src/live";
import type { Place, Room } from "../src/console/types";

const NOW = "2026-11-23T10:00:00+00:00";
const KINDS = [{ value: "device", label: "Device failed" }];

function place(fields: Partial<Place> = {}): Place {
  return {
    attempt: "00000000-0000-4000-8000-000000000001",
    seat: 1,
    ticket: "2026112300001001",
    name: "王小电",
    state: "in_progress",
    answered: 3,
    questions: 5,
    last_seen: "2026-11-23T09:59:50+00:00",
    seconds_left: 3600,
    extra_seconds: 0,
    incidents: 0,
    integrity: 0,
    bound: false,
    ...fields,
  };
}

function room(places: Place[], fields: Partial<Room> = {}): Room {
  return {
    now: NOW,
    opens_at: NOW,
    closes_at: NOW,
    passcode: "4711",
    starts_together: false,
    needs_check_in: false,
    takeover: "newest",
    room_started_at: null,
    places,
    ...fields,
  };
}

const reply = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

const at = Date.parse(NOW);
const AT = { state: "/state/", act: "/acts/NAME/", record: "/c/00000000-0000-0000-0000-000000000000/", ticket: "/t/" };

beforeEach(() => {
  document.documentElement.lang = "en";
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  };
});
afterEach(() => {
  vi.useRealTimers();
  document.body.innerHTML = "";
});

describe("finding candidates", () => {
  it.each([
    ["1", true],
    ["2026112300001001", true],
    ["小电", true],
    ["11", true],
    ["9", false],
    ["李", false],
  ])("%s means the candidate: %s", (text, expected) => {
    expect(fits(place({ ticket: "2026112300001001" }), "all", text, at)).toBe(expected);
  });

  it("counts who was graded among those who handed in, and nobody else", () => {
    expect(fits(place({ state: "graded" }), "submitted", "", at)).toBe(true);
    expect(fits(place({ state: "paused" }), "in_progress", "", at)).toBe(false);
  });

  it("calls silent who sits and was not seen for 90 seconds", () => {
    expect(isQuiet(place(), at)).toBe(false);
    expect(isQuiet(place({ last_seen: "2026-11-23T09:58:29+00:00" }), at)).toBe(true);
    expect(isQuiet(place({ last_seen: null }), at)).toBe(true);
    expect(isQuiet(place({ last_seen: null, state: "paused" }), at)).toBe(false);
  });

  it("says spans in seconds, then in minutes", () => {
    expect([span(40), span(-3), span(420)]).toEqual(["40 s", "0 s", "7 min"]);
  });
});

describe("the wall clock", () => {
  it("is that of the room, wherever the browser is", () => {
    expect(hour(NOW)).toBe("18:00");
  });
});

describe("what can be done", () => {
  const names = (acts: { name: string }[]) => acts.map(({ name }) => name);

  it("fits the state of the candidate", () => {
    const now = room([]);
    expect(names(placeActs(place(), now, KINDS))).toEqual(["time", "pause", "message", "incident", "seat", "hand-in", "void"]);
    expect(names(placeActs(place({ state: "paused" }), now, KINDS))[0]).toBe("resume");
    expect(names(placeActs(place({ state: "checked_in" }), now, KINDS))).toEqual(["time", "incident", "seat", "void"]);
    expect(names(placeActs(place({ state: "voided" }), now, KINDS))).toEqual(["incident"]);
  });

  it("offers the release of a device only where the sitting binds it", () => {
    expect(names(placeActs(place(), room([], { takeover: "released" }), KINDS))).toContain("release");
  });

  it("starts the room only where it starts together or checks in", () => {
    expect(names(roomActs(room([]), KINDS))).toEqual(["message", "incident"]);
    const waiting = room([place({ state: "checked_in" })], { starts_together: true });
    expect(names(roomActs(waiting, KINDS))).toEqual(["start", "message", "incident"]);
  });
});

describe("the grid", () => {
  it("keeps a card's element and the focus from one fetch to the next", () => {
    const grid = new Grid(() => undefined);
    document.body.append(...grid.nodes);
    grid.show(room([place()]));
    const card = document.querySelector<HTMLElement>(".place");
    card?.focus();
    grid.show(room([place({ attempt: "b", seat: 0 }), place({ answered: 4 })]));
    expect(document.activeElement).toBe(card);
    expect(card?.textContent).toContain("4/5 answered");
    expect(document.querySelectorAll(".place")).toHaveLength(2);
  });

  it("lets a running clock go on between two fetches and a paused one stand", () => {
    vi.useFakeTimers();
    const grid = new Grid(() => undefined);
    document.body.append(...grid.nodes);
    grid.show(room([place(), place({ attempt: "b", state: "paused" })]));
    vi.advanceTimersByTime(61_000);
    grid.draw();
    expect([...document.querySelectorAll(".place__left")].map((part) => part.textContent)).toEqual([
      "58:59 left",
      "1:00:00 left",
    ]);
  });

  it("drops who is not there any more", () => {
    const grid = new Grid(() => undefined);
    document.body.append(...grid.nodes);
    grid.show(room([place(), place({ attempt: "b" })]));
    grid.show(room([place()]));
    expect(document.querySelectorAll(".place")).toHaveLength(1);
  });

  it("filters by what is typed and says so when nobody fits", () => {
    const grid = new Grid(() => undefined);
    document.body.append(...grid.nodes);
    grid.show(room([place()]));
    grid.search.value = "nobody";
    grid.search.dispatchEvent(new Event("input"));
    expect(document.querySelector<HTMLElement>("li")?.hidden).toBe(true);
    expect(document.querySelector<HTMLElement>(".empty")?.hidden).toBe(false);
  });
});

describe("the calls", () => {
  it("send the token and the fields to the act's address", async () => {
    const fetcher = vi.fn(async () => reply({ message: "Sent." }));
    const outcome = await new ConsoleApi(AT, "secret", fetcher).act("message", { text: "安静" });
    const [url, init] = fetcher.mock.calls[0] as unknown as [string, RequestInit];
    expect([url, (init.headers as Record<string, string>)["X-CSRFToken"], (init.body as FormData).get("text")]).toEqual([
      "/acts/message/",
      "secret",
      "安静",
    ]);
    expect(outcome).toEqual({ ok: true, message: "Sent.", errors: {}, look: null });
  });

  it.each([
    [() => reply({}, 404), "gone"],
    [() => new Response("<html>", { status: 200, headers: { "content-type": "text/html" } }), "gone"],
    [() => reply({}, 502), "down"],
    [() => Promise.reject(new TypeError("network")), "down"],
  ])("tell a page that is gone from a server that is down", async (answer, expected) => {
    const api = new ConsoleApi(AT, "", async () => answer());
    expect(await api.room()).toBe(expected);
  });

  it("tell an act that failed without words", async () => {
    const api = new ConsoleApi(AT, "", () => Promise.reject(new TypeError("network")));
    expect((await api.act("pause", {})).message).toBe("That did not work. Try again.");
  });

  it("ask for the record of the candidate", async () => {
    const fetcher = vi.fn(async () => reply({ record: [] }));
    await new ConsoleApi(AT, "", fetcher).record(place().attempt);
    expect(fetcher.mock.calls[0]).toContain(`/c/${place().attempt}/`);
  });
});

describe("the desk", () => {
  function desk(...replies: Response[]) {
    const root = document.body.appendChild(document.createElement("div"));
    const fetcher = vi.fn(async () => replies.shift() ?? reply(room([place()])));
    return { root, fetcher, desk: new Desk(root, new ConsoleApi(AT, "", fetcher), KINDS) };
  }

  it("does an act by its form and says what happened", async () => {
    const { root, fetcher, desk: it } = desk(reply(room([place()])), reply({ message: "5 minutes given." }));
    await it.refresh();
    const button = [...root.querySelectorAll("button")].find(({ textContent }) => textContent === "Time for all");
    button?.click();
    root.querySelector<HTMLInputElement>("#panel-reason")!.value = "停电";
    root.querySelector("dialog form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(root.textContent).toContain("5 minutes given."));
    const [url, init] = fetcher.mock.calls[1] as unknown as [string, RequestInit];
    expect([url, ...(init.body as FormData).values()]).toEqual(["/acts/time/", "5", "停电"]);
    expect(root.querySelector("dialog")?.open).toBe(false);
  });

  it("keeps the form open with what was wrong", async () => {
    const { root, desk: it } = desk(reply(room([place()])), reply({ errors: { reason: ["Say why."] } }, 400));
    await it.refresh();
    [...root.querySelectorAll("button")].find(({ textContent }) => textContent === "Pause all")?.click();
    root.querySelector("dialog form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(root.querySelector("[role=alert]")?.textContent).toBe("Say why."));
    expect(root.querySelector("dialog")?.open).toBe(true);
  });

  it("keeps what it showed while the server is silent, and says so", async () => {
    const { root, desk: it } = desk(reply(room([place()])), reply({}, 503));
    await it.refresh();
    await it.refresh();
    expect(root.querySelectorAll(".place")).toHaveLength(1);
    expect(root.querySelector(".console-link")?.textContent).toContain("No reply");
  });

  it("stops asking once it is not for us any more", async () => {
    const { desk: it } = desk(reply({}, 404));
    it.live = { stop: vi.fn(), up: false } as unknown as Live;
    await it.refresh();
    expect(it.live.stop).toHaveBeenCalled();
  });
});

describe("staying fresh", () => {
  class Fake {
    static last: Fake;
    onopen = () => undefined;
    onmessage: (event: { data: string }) => void = () => undefined;
    onclose = () => undefined;
    close = vi.fn();
    constructor() {
      Fake.last = this;
    }
  }

  it("asks every 10 seconds with the socket, every 5 without, at once when told", async () => {
    vi.useFakeTimers();
    const refresh = vi.fn(async () => undefined);
    const live = new Live("ws://here", refresh, () => new Fake() as unknown as WebSocket);
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    Fake.last.onopen();
    await vi.advanceTimersByTimeAsync(300);
    expect(refresh).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(refresh).toHaveBeenCalledTimes(3);
    Fake.last.onmessage({ data: '{"changed":true}' });
    Fake.last.onmessage({ data: '{"changed":true}' });
    await vi.advanceTimersByTimeAsync(300);
    expect(refresh).toHaveBeenCalledTimes(4);
    const broken = Fake.last;
    broken.onclose();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(Fake.last).not.toBe(broken);
    live.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(refresh).toHaveBeenCalledTimes(4);
  });
});
