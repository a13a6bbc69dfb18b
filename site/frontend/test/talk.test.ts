// @vitest-environment jsdom
// A conversation over a socket that works, breaks or falls silent, and over the POST behind it.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ChatApi } from "../src/chat/api";
import { Talk } from "../src/chat/talk";
import type { Answer, Message } from "../src/chat/types";

let log: HTMLElement;
let sent: Record<string, unknown>[];
let posts: Record<string, unknown>[];
let answers: [string, Answer][];
let up: boolean;
let replaced: number;
let reply: () => Response | Promise<Response>;
let given: string[];
let talk: Talk;

const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });
const settle = () => vi.advanceTimersByTimeAsync(20);
const bubbles = () =>
  [...log.children].map((node) => node.querySelector(".chat-text")?.textContent ?? node.textContent);
const numbers = () => [...log.querySelectorAll("a")].map((link) => link.getAttribute("href"));

beforeEach(() => {
  vi.useFakeTimers();
  document.documentElement.lang = "zh-hans";
  Element.prototype.scrollIntoView = () => {};
  log = document.createElement("ol");
  [sent, posts, given, answers, up, replaced] = [[], [], [], [], true, 0];
  reply = () => json(200, { conversation: "c9", kind: "answer", text: "整段回答", citations: [], calls: [] });
  talk = new Talk(
    log,
    {
      send: (message) => (up ? (sent.push(message as Record<string, unknown>), true) : false),
      replace: () => (replaced += 1),
      api: new ChatApi("/api/v1/chat/", (async (url: string, init: RequestInit) => {
        expect(url).toBe("/api/v1/chat/ask");
        posts.push(JSON.parse(String(init.body)));
        return reply();
      }) as typeof fetch),
    },
    {
      busy() {},
      giveBack: (question) => given.push(question),
      answered: (question, answer) => answers.push([question, answer]),
    },
  );
});

afterEach(() => vi.useRealTimers());

/** The key of the question that was asked last. */
const id = () => String((sent[sent.length - 1] ?? posts[posts.length - 1])!.id);
const start = (kind: "answer" | "danger" | "referral", calls: string[] = []): Message => {
  return { type: "start", id: id(), conversation: "c1", kind, calls };
};
const delta = (at: number, text: string): Message => ({ type: "delta", id: id(), at, text });
const end = (text: string, more = {}): Message => {
  return { type: "end", id: id(), text, conversation: "c1", citations: [], choices: [], ...more };
};

describe("Talk", () => {
  test("pieces grow into the answer, and the whole text of the end replaces them", async () => {
    talk.ask(" 油锅着火怎么办 ");
    talk.receive(start("answer"));
    talk.receive(delta(0, "盖上"));
    talk.receive(delta(2, "锅盖"));
    await settle();
    expect(bubbles()).toEqual(["我问：油锅着火怎么办", "盖上锅盖"]);
    expect(log.lastElementChild?.getAttribute("aria-busy")).toBe("true");
    talk.receive(end("盖上锅盖，关火。"));
    expect(bubbles()[1]).toBe("盖上锅盖，关火。");
    expect(log.lastElementChild?.hasAttribute("aria-busy")).toBe(false);
    expect(sent).toEqual([{ id: id(), question: "油锅着火怎么办", conversation: null }]);
    expect(id()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("danger shows the numbers to call before any text", () => {
    talk.ask("煤气泄漏");
    talk.receive(start("danger", ["119", "120"]));
    const bubble = log.lastElementChild!;
    expect(bubble.className).toBe("chat-turn chat-turn--bot chat-danger");
    expect(numbers()).toEqual(["tel:119", "tel:120"]);
    expect(bubble.firstElementChild!.textContent).toBe("拨打 119拨打 120");
  });

  test("numbers to call without danger stand below the text", () => {
    talk.ask("地震后找谁");
    talk.receive(start("referral", ["12345"]));
    talk.receive(end("请联系社区。"));
    const order = [...log.lastElementChild!.children].map((node) => node.className);
    expect(order).toEqual(["visually-hidden", "chat-text", "chat-calls"]);
  });

  test("the next question goes on in the same conversation", () => {
    talk.ask("一");
    talk.receive(end("甲"));
    talk.ask("二");
    expect(sent[1]).toEqual({ id: id(), question: "二", conversation: "c1" });
    expect(sent[1]!.id).not.toBe(sent[0]!.id);
  });

  test("a second question waits until the first is answered", () => {
    expect(talk.ask("一")).toBe(true);
    expect(talk.ask("二")).toBe(false);
    talk.receive(end("甲"));
    expect(talk.ask("二")).toBe(true);
  });

  test("without a socket the question goes by POST", async () => {
    up = false;
    talk.ask("一");
    await settle();
    expect(posts).toEqual([{ id: id(), question: "一", conversation: null }]);
    expect(bubbles()[1]).toBe("整段回答");
  });

  test("a socket that breaks and comes back goes on where it broke, under the same key", async () => {
    talk.ask("一");
    talk.receive(start("answer"));
    talk.receive(delta(0, "盖上𠮷"));
    talk.dropped();
    await vi.advanceTimersByTimeAsync(2_000);
    talk.restored();
    expect(sent[1]).toEqual({ id: sent[0]!.id, question: "一", conversation: "c1", have: 3 });
    talk.receive(start("answer"));
    talk.receive(delta(3, "锅盖"));
    talk.receive(end("盖上𠮷锅盖"));
    expect([bubbles()[1], posts.length]).toEqual(["盖上𠮷锅盖", 0]);
    expect(answers.map(([question, answer]) => [question, answer.kind, answer.text])).toEqual([
      ["一", "answer", "盖上𠮷锅盖"],
    ]);
  });

  test("a piece that comes twice is shown once", async () => {
    talk.ask("一");
    for (const piece of [delta(0, "盖上"), delta(2, "锅盖"), delta(0, "盖上"), delta(2, "锅盖")]) talk.receive(piece);
    await settle();
    expect(bubbles()[1]).toBe("盖上锅盖");
  });

  test("a socket that stays away is replaced by one POST under the same key", async () => {
    talk.ask("一");
    talk.receive(delta(0, "半"));
    up = false;
    talk.dropped();
    talk.dropped();
    await vi.advanceTimersByTimeAsync(2_600);
    expect(posts).toEqual([{ id: sent[0]!.id, question: "一", conversation: null }]);
    expect(bubbles()[1]).toBe("整段回答");
  });

  test("what an earlier question's socket still says is not mixed in", async () => {
    up = false;
    talk.ask("一");
    const late = { ...end("迟到的半句"), id: posts[0]!.id } as Message;
    await settle();
    up = true;
    talk.ask("二");
    talk.receive(late);
    expect(bubbles()).toEqual(["我问：一", "整段回答", "我问：二", ""]);
    expect(log.querySelectorAll("[aria-busy]").length).toBe(1);
  });

  test("when socket and POST both answer, the first one counts and once", async () => {
    talk.ask("一");
    talk.dropped();
    await vi.advanceTimersByTimeAsync(2_499);
    reply = () => new Promise((resolve) => setTimeout(() => resolve(json(200, { conversation: "c9", text: "晚" })), 100));
    await vi.advanceTimersByTimeAsync(5);
    talk.receive(end("早"));
    await vi.advanceTimersByTimeAsync(200);
    expect([bubbles()[1], answers.length]).toEqual(["早", 1]);
  });

  test("offline it tries again until the network is back", async () => {
    up = false;
    reply = () => Promise.reject(new TypeError("Failed to fetch"));
    talk.ask("一");
    await vi.advanceTimersByTimeAsync(20_000);
    expect([posts.length > 2, given]).toEqual([true, []]);
    reply = () => json(200, { conversation: "c9", kind: "answer", text: "回来了" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bubbles()[1]).toBe("回来了");
    expect(new Set(posts.map((post) => post.id)).size).toBe(1);
  });

  test("a socket that says nothing for fifteen seconds is dropped and the question posted", async () => {
    talk.ask("一");
    await vi.advanceTimersByTimeAsync(14_999);
    expect(posts.length).toBe(0);
    await vi.advanceTimersByTimeAsync(50);
    expect(posts).toEqual([{ id: id(), question: "一", conversation: null }]);
    expect(replaced).toBe(1);
  });

  test("when everything fails the question returns to the box and the numbers are shown", async () => {
    up = false;
    reply = () => Promise.reject(new TypeError("Failed to fetch"));
    talk.ask("一");
    await vi.advanceTimersByTimeAsync(95_000);
    expect(given).toEqual(["一"]);
    expect(numbers()).toEqual(["tel:119", "tel:120", "tel:110"]);
    expect(bubbles()[1]).toContain("没有连上服务器");
  });

  test("a refusal of the server is shown in its own words", async () => {
    up = false;
    reply = () => json(429, { code: "too_many", message: "问得太快，请稍等。" });
    talk.ask("一");
    await settle();
    expect(bubbles()[1]).toBe("问得太快，请稍等。");
    expect(log.querySelectorAll("a").length).toBe(0);
    expect(given).toEqual(["一"]);
  });

  test("sources are links with source and date; an address that is no web page stays text", () => {
    talk.ask("一");
    const citations = [
      { title: "油锅起火", source: "国家消防救援局", date: "2026-11-23", url: "/kb/oil/" },
      { title: "别站", source: "甲", date: "", url: "https://example.com/x" },
      { title: "坏", source: "乙", date: "", url: "javascript:alert(1)" },
      { title: "也坏", source: "丙", date: "", url: "//evil.example/" },
    ];
    talk.receive(end("好", { citations }));
    const items = [...log.querySelectorAll(".chat-sources li")].map((item) => item.innerHTML);
    expect(items).toEqual([
      '<a href="/kb/oil/">油锅起火</a> 国家消防救援局 · 2026-11-23',
      '<a href="https://example.com/x" rel="noopener" data-external="">别站</a> 甲',
      "坏 乙",
      "也坏 丙",
    ]);
  });

  test("choices are buttons that ask their title", () => {
    talk.ask("一");
    talk.receive(end("您想问的是？", { choices: [{ title: "油锅着火", url: "/kb/oil/" }] }));
    expect([...log.querySelectorAll("[data-ask]")].map((node) => node.outerHTML)).toEqual([
      '<button type="button" class="button" data-ask="油锅着火">油锅着火</button>',
    ]);
  });
});
