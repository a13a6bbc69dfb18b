// @vitest-environment jsdom
// A question for a person, what is said of an answer, what was asked before, and speaking.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ChatApi } from "../src/chat/api";
import * as device from "../src/chat/device";
import { judging } from "../src/chat/judging";
import { recall } from "../src/chat/past";
import { Person } from "../src/chat/person";
import { recogniser, type Recognition } from "../src/chat/recogniser";
import type { Answer, Ticket } from "../src/chat/types";
import { Voice } from "../src/chat/voice";

class SilentSocket {
  static last: SilentSocket;
  readyState = 1;
  said: string[] = [];
  onopen = () => {};
  onclose = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  constructor(readonly url: string) {
    SilentSocket.last = this;
  }
  send(text: string) {
    this.said.push(text);
  }
  close() {
    this.readyState = 3;
  }
}

const answer: Answer = { id: "a1", conversation: "c1", kind: "answer", text: "好" };
const ticket = (more: Partial<Ticket> = {}): Ticket => {
  const rest = { staffed: true, opens: null, messages: [] };
  return { id: "t1", conversation: "c1", question: "找谁", state: "open", ...rest, ...more };
};
const written = (id: string, text: string, from_desk = false) => ({ id, from_desk, text, sent_at: "2026-11-24T02:00:00Z" });
const settle = () => vi.advanceTimersByTimeAsync(0);

let calls: [string, string, Record<string, unknown> | null][];
let reply: (path: string, method: string) => Response;
let api: ChatApi;
const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status });
const texts = (node: Element, selector: string) => [...node.querySelectorAll(selector)].map((one) => one.textContent);
const button = (node: Element, label: string) =>
  [...node.querySelectorAll("button")].find((one) => one.textContent === label)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", SilentSocket);
  document.documentElement.lang = "zh-hans";
  document.body.textContent = "";
  localStorage.clear();
  Element.prototype.scrollIntoView = () => {};
  calls = [];
  reply = () => json({});
  api = new ChatApi("/api/", (async (url: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    calls.push([method, url.slice(5), init.body ? JSON.parse(String(init.body)) : null]);
    return reply(url.slice(5), method);
  }) as typeof fetch);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("Person", () => {
  let begun: string[];
  let dangers: string[];
  let person: Person;

  beforeEach(() => {
    [begun, dangers] = [[], []];
    person = new Person(api, {
      conversation: () => "c1",
      begun: (conversation) => begun.push(conversation),
      danger: (question) => dangers.push(question),
    });
    document.body.append(person.node);
  });

  test("a question is left with a contact, and the page goes on with its ticket", async () => {
    reply = () => json(ticket());
    person.open("门禁卡丢了找谁");
    person.node.querySelector<HTMLInputElement>("#person-contact")!.value = "a@b.cn";
    person.node.querySelector("form")!.requestSubmit();
    await settle();
    const body = { conversation: "c1", question: "门禁卡丢了找谁", contact: "a@b.cn" };
    expect(calls[0]).toEqual(["POST", "tickets", body]);
    expect(begun).toEqual(["c1"]);
    expect(SilentSocket.last.url).toMatch(/\/ws\/chat\/tickets\/t1\/$/);
    expect(texts(person.node, ".meta[role=status]")).toEqual(["工作人员在线，很快会看到。"]);
  });

  test("a message that was not sent stays in the box and goes out once under its key", async () => {
    person.show(ticket());
    const input = person.node.querySelector<HTMLInputElement>("form.ask input")!;
    input.value = "在吗";
    reply = () => json({}, 503);
    person.node.querySelector("form")!.requestSubmit();
    await settle();
    expect(input.value).toBe("在吗");
    reply = () => json({ ticket: ticket({ messages: [written("m1", "在吗")] }), danger: null });
    person.node.querySelector("form")!.requestSubmit();
    await settle();
    const sent = calls.filter(([method]) => method === "POST").map(([, , body]) => body!.id);
    expect([sent.length, new Set(sent).size, input.value]).toEqual([2, 1, ""]);
    expect(texts(person.node, ".chat-messages__text")).toEqual(["在吗"]);
  });

  test("a push fetches what the desk wrote; what was shown is not shown again", async () => {
    reply = () => json(ticket({ state: "answered", messages: [written("m1", "在吗"), written("m2", "在。", true)] }));
    person.show(ticket({ messages: [written("m1", "在吗")] }));
    SilentSocket.last.onmessage({ data: '{"changed":true}' });
    await vi.advanceTimersByTimeAsync(400);
    expect(texts(person.node, ".chat-messages__text")).toEqual(["在吗", "在。"]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(texts(person.node, ".chat-messages__text")).toEqual(["在吗", "在。"]);
  });

  test("typing is shown for three seconds and told at most every second and a half", async () => {
    person.show(ticket());
    SilentSocket.last.onmessage({ data: '{"typing":true}' });
    expect(person.node.textContent).toContain("工作人员正在输入");
    await vi.advanceTimersByTimeAsync(3_100);
    expect(person.node.textContent).not.toContain("工作人员正在输入");
    const input = person.node.querySelector("form.ask input")!;
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new Event("input"));
    expect(SilentSocket.last.said).toEqual(['{"typing":true}']);
  });

  test("a danger told to the desk brings the card", async () => {
    person.show(ticket());
    reply = () => json({ ticket: ticket(), danger: { ...answer, kind: "danger", calls: ["119"] } });
    person.node.querySelector<HTMLInputElement>("form.ask input")!.value = "着火了";
    person.node.querySelector("form")!.requestSubmit();
    await settle();
    expect(dangers).toEqual(["着火了"]);
  });

  test("a closed question has no box and asks for nothing more", async () => {
    reply = () => json(ticket({ state: "closed" }));
    person.show(ticket());
    await vi.advanceTimersByTimeAsync(100);
    const count = calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([calls.length, person.node.querySelector<HTMLFormElement>("form")!.hidden]).toEqual([count, true]);
  });
});

test("what is said of an answer is sent, changed, and taken back", async () => {
  const row = judging(api, answer);
  document.body.append(row);
  button(row, "没帮助").click();
  await settle();
  button(row, "看不明白").click();
  await settle();
  button(row, "有帮助").click();
  await settle();
  button(row, "有帮助").click();
  await settle();
  expect(calls.map(([, path, body]) => [path, body!.helped, body!.complaint])).toEqual([
    ["answers/a1/judgement", false, ""],
    ["answers/a1/judgement", false, "unclear"],
    ["answers/a1/judgement", true, ""],
    ["answers/a1/judgement", null, ""],
  ]);
  expect(texts(row, "[aria-pressed=true]")).toEqual([]);
});

test("a word that was not kept is not shown as said", async () => {
  const row = judging(api, answer);
  reply = () => json({}, 503);
  button(row, "有帮助").click();
  await settle();
  expect(texts(row, "[aria-pressed=true]")).toEqual([]);
  expect(row.textContent).toContain("没有记下");
});

test("earlier questions are folded away with what was said of them", async () => {
  const log = document.createElement("ol");
  document.body.append(log);
  const turn = { question: "一", helped: true, complaint: "", answer };
  reply = () => json({ turns: [turn, { ...turn, question: "二", helped: null }], ticket: ticket() });
  expect((await recall(api, "c1", log))?.id).toBe("t1");
  const past = document.querySelector("details")!;
  expect([past.open, past.querySelector("summary")!.textContent]).toEqual([false, "以前的提问（2）"]);
  expect(texts(past, ".chat-turn--user")).toEqual(["我问：一", "我问：二"]);
  expect(texts(past, "[aria-pressed=true]")).toEqual(["有帮助"]);
});

test("a conversation that is gone is held no longer; one that cannot be reached is", async () => {
  const log = document.createElement("ol");
  device.hold("c1");
  reply = () => json({}, 503);
  await expect(recall(api, "c1", log)).rejects.toThrow("503");
  expect(device.held()).toBe("c1");
  reply = () => json({ code: "not_found", message: "没有" }, 404);
  await expect(recall(api, "c1", log)).rejects.toThrow("没有");
  expect(device.held()).toBe(null);
});

describe("speaking", () => {
  class Fake implements Recognition {
    static last: Fake;
    lang = "";
    interimResults = false;
    started = false;
    onresult: Recognition["onresult"] = null;
    onend: Recognition["onend"] = null;
    onerror: Recognition["onerror"] = null;
    constructor() {
      Fake.last = this;
    }
    start() {
      this.started = true;
    }
    stop() {
      this.onend?.();
    }
  }

  test("a browser that cannot has nothing to offer", () => {
    expect(recogniser({})).toBe(null);
    expect(recogniser({ webkitSpeechRecognition: Fake })).toBe(Fake);
  });

  test("nothing is listened to before the person agreed, and nothing is sent", () => {
    document.body.innerHTML = "<form><input name=question maxlength=500><button>问</button></form>";
    const [form, input] = [document.forms[0]!, document.querySelector("input")!];
    const sent = vi.fn();
    form.addEventListener("submit", sent);
    const speak = document.createElement("button");
    const voice = new Voice(input, speak, Fake);
    Fake.last = undefined as unknown as Fake;
    voice.press();
    expect(Fake.last).toBe(undefined);
    expect(document.querySelector(".chat-consent")!.textContent).toContain("浏览器的厂商可能会听到");
    button(document.body, "同意并开始").click();
    expect([Fake.last.started, Fake.last.lang, speak.getAttribute("aria-label")]).toEqual([true, "zh-CN", "正在听，再按一次结束"]);
    Fake.last.onresult!({ results: [[{ transcript: "油锅" }], [{ transcript: "起火" }]] });
    voice.press();
    expect([input.value, speak.getAttribute("aria-label"), sent.mock.calls.length]).toEqual(["油锅起火", "说话", 0]);
  });
});
