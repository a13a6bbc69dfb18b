// @vitest-environment jsdom
// The exam page as a candidate meets it, against a server that can fail.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ExamApi } from "../src/exam/api";
import { Clock } from "../src/exam/clock";
import { Desk } from "../src/exam/desk";
import { Queue } from "../src/exam/queue";
import { ExamServer } from "./exam-server";

let server: ExamServer;
let root: HTMLElement;
let now: number;
let queue: Queue;

async function sitDown(): Promise<Desk> {
  root = document.createElement("div");
  document.body.replaceChildren(root);
  const api = new ExamApi({ state: "/state/", answers: "/answers/", submit: "/submit/" }, server.fetch);
  queue = await Queue.open("a");
  const clock = new Clock(() => now, () => now);
  const desk = new Desk(root, api, queue, clock, { result: "/result/", login: "/login/" });
  await desk.fetch();
  await settle();
  return desk;
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const text = (selector: string) => root.querySelector(selector)?.textContent ?? null;
const button = (label: string) => [...root.querySelectorAll("button")].find((node) => node.textContent === label)!;
const radio = (letter: string) => root.querySelector<HTMLInputElement>(`input[value="${letter}"]`)!;
const cells = () =>
  [...root.querySelectorAll(".exam-map .exam-cells .exam-cell")].map((cell) => cell.getAttribute("aria-label"));
const press = (key: string, more = {}) =>
  root
    .querySelector(".exam-question")!
    .dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  document.documentElement.lang = "zh-hans";
  server = new ExamServer();
  now = 0;
});

afterEach(() => vi.useRealTimers());

describe("answering", () => {
  test("a tapped option is sent, acknowledged and shown as saved", async () => {
    await sitDown();
    radio("B").click();
    expect(text(".exam-link")).toBe("保存中…");
    expect(cells()[0]).toBe("第 1 题，已答、未保存");
    await settle();
    expect(server.held.get(1)).toEqual({ slot: 1, response: "B", marked: false, seq: 1 });
    expect(text(".exam-link")).toBe("已保存");
    expect(cells()).toEqual(["第 1 题，已答", "第 2 题，未答", "第 3 题，未答"]);
  });

  test("letters and digits choose, arrows change the question, a modifier does nothing", async () => {
    await sitDown();
    press("3");
    press("ArrowRight");
    press("d");
    press("ArrowLeft");
    press("a", { ctrlKey: true });
    press("9");
    await settle();
    expect([...server.held.values()].map(({ slot, response }) => `${slot}${response}`)).toEqual(["1C", "2D"]);
    expect(text(".exam-number")).toBe("第 1 题 / 共 3 题 · 单选题 · 1 分");
    expect(radio("C").checked).toBe(true);
  });

  test("a mark and a taken back response reach the server", async () => {
    await sitDown();
    radio("A").click();
    button("⚑ 标记待查").click();
    button("清除选择").click();
    await settle();
    expect(server.held.get(1)).toEqual({ slot: 1, response: "", marked: true, seq: 3 });
    expect(cells()[0]).toBe("第 1 题，未答、已标记");
  });

  test("while the network is down the page says that the answers are kept, and sends them after a reload", async () => {
    await sitDown();
    server.fault = "cut";
    radio("B").click();
    await settle();
    expect(text(".exam-banner")).toBe("网络断开，答案已存在本机，恢复后自动上传。");
    expect(text(".exam-link")).toBe("离线");
    await queue.written();
    server.fault = null;
    await sitDown();
    expect(server.held.get(1)?.response).toBe("B");
    expect(text(".exam-banner")).toBe("");
  });

  test("when another page takes the lease this one stops, keeps its text and can take it back", async () => {
    await sitDown();
    server.lease += 1;
    radio("B").click();
    await settle();
    expect(text(".exam-banner")).toContain("已在另一个页面或设备上打开");
    expect(root.querySelector("fieldset")!.disabled).toBe(true);
    expect(text(".exam-stem")).toBe("题干 1");
    expect(text(".exam-link")).toBe("已停止");
    button("在本页继续考试").click();
    await settle();
    expect(root.querySelector("fieldset")!.disabled).toBe(false);
    expect(server.held.get(1)?.response).toBe("B");
  });
});

describe("handing in", () => {
  test("the check lists what is open and marked; the receipt comes, and nothing stays on the device", async () => {
    await sitDown();
    radio("A").click();
    button("检查并交卷").click();
    expect(text(".exam-check")).toContain("还有 2 题未答：23");
    button("交卷").click();
    await settle();
    expect(text(".exam-receipt")).toBe("7F3K-2MPA");
    expect(text(".exam-facts")).toContain("2026年11月23日 10:30:00");
    expect(root.querySelector("a.button")!.getAttribute("href")).toBe("/result/");
    expect((await Queue.open("a")).list()).toEqual([]);
  });

  test("handing in waits for the last answer, names it, and lets the candidate go back", async () => {
    await sitDown();
    server.fault = "cut";
    radio("A").click();
    button("检查并交卷").click();
    button("交卷").click();
    await settle();
    expect(text(".exam-check")).toContain("正在上传最后的答案");
    expect(text(".exam-check")).toContain("还有 1 题未保存到服务器：1");
    expect(server.calls).not.toContain("POST /submit/");
    button("返回答题").click();
    server.fault = null;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(server.calls).not.toContain("POST /submit/");
    expect(server.held.get(1)?.response).toBe("A");
  });

  test("a lost reply to handing in is asked for again and gives the same receipt", async () => {
    await sitDown();
    button("检查并交卷").click();
    server.fault = "lost reply";
    button("交卷").click();
    await settle();
    expect(text(".exam-receipt")).toBe(null);
    server.fault = null;
    await vi.advanceTimersByTimeAsync(1500);
    expect(server.calls.filter((call) => call === "POST /submit/").length).toBe(2);
    expect(text(".exam-receipt")).toBe("7F3K-2MPA");
  });

  test("an answer that the server refuses is named before handing in, and the candidate decides", async () => {
    await sitDown();
    server.invalid.add(1);
    radio("A").click();
    await settle();
    expect(text(".exam-banner")).toContain("第 1 题服务器没有收下");
    button("检查并交卷").click();
    button("仍然交卷").click();
    await settle();
    expect(text(".exam-receipt")).toBe("7F3K-2MPA");
    expect(text(".notice--danger")).toContain("第 1 题的最后改动没有在截止前送达服务器");
  });
});

describe("time", () => {
  test("when time is up the attempt is handed in by itself", async () => {
    const desk = await sitDown();
    radio("C").click();
    server.secondsLeft = 0;
    now = 3_600_000;
    await desk.expire();
    await settle();
    expect(text(".exam-receipt")).toBe("7F3K-2MPA");
    expect(server.held.get(1)?.response).toBe("C");
  });

  test("an allowance that this page did not know of keeps the attempt open", async () => {
    const desk = await sitDown();
    server.secondsLeft = 300;
    now = 3_600_000;
    await desk.expire();
    await settle();
    expect(server.calls).not.toContain("POST /submit/");
    expect(desk.clock.left()).toBe(300);
    expect(root.querySelector("fieldset")!.disabled).toBe(false);
  });

  test("time runs out without a network: the page stops, waits, and hands in when it is back", async () => {
    const desk = await sitDown();
    server.fault = "cut";
    radio("C").click();
    now = 3_600_000;
    void desk.expire();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(text(".exam-banner")).toContain("时间到，停止作答");
    expect(text(".exam-banner")).toContain("网络断开");
    expect(button("返回答题").disabled).toBe(true);
    [server.fault, server.secondsLeft] = [null, 0];
    await vi.advanceTimersByTimeAsync(15_000);
    expect(text(".exam-receipt")).toBe("7F3K-2MPA");
  });

  test("a save that the server calls late ends the exam and names what did not arrive", async () => {
    await sitDown();
    server.late = true;
    press("ArrowRight");
    radio("C").click();
    await settle();
    expect(text(".exam-receipt")).toBe("7F3K-2MPA");
    expect(text(".notice--danger")).toContain("第 2 题的最后改动没有在截止前送达服务器");
    expect(queue.size).toBe(0);
  });

  test("an attempt that an invigilator closed shows its receipt at the next look", async () => {
    const desk = await sitDown();
    [server.status, server.receipt] = ["submitted", "9ABC-DEFG"];
    await desk.peek();
    expect(text(".exam-receipt")).toBe("9ABC-DEFG");
    expect(desk.running).toBe(false);
  });

  test("a voided attempt has no receipt and says so", async () => {
    const desk = await sitDown();
    server.status = "voided";
    await desk.peek();
    expect(text("h2")).toBe("考试已结束");
  });
});

describe("opening", () => {
  test("a submitted attempt opens on its receipt", async () => {
    [server.status, server.receipt] = ["submitted", "7F3K-2MPA"];
    await sitDown();
    expect(text(".exam-receipt")).toBe("7F3K-2MPA");
  });

  test("somebody else's attempt is not found", async () => {
    server.fault = { status: 404, html: "<h1>" };
    await sitDown();
    expect(text("h2")).toBe("打不开这场考试");
  });

  test("a page that lost its login keeps everything and leads to the login", async () => {
    const desk = await sitDown();
    server.fault = { status: 200, html: "<form>" };
    await desk.peek();
    expect(text(".exam-banner")).toContain("登录已失效，答案已保留");
    expect(root.querySelector(".exam-banner a")!.getAttribute("href")).toBe("/login/");
  });
});
