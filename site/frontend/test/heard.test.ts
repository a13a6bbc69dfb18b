// @vitest-environment jsdom
// What the invigilator does to a running page, and what is typed just before a question is left.
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

async function sitDown(): Promise<Desk> {
  root = document.createElement("div");
  document.body.replaceChildren(root);
  const api = new ExamApi({ state: "/state/", answers: "/answers/", submit: "/submit/" }, server.fetch);
  const clock = new Clock(() => now, () => now);
  const desk = new Desk(root, api, await Queue.open("a"), clock, { result: "/result/", login: "/login/" });
  await desk.fetch();
  await settle();
  return desk;
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const text = (selector: string) => root.querySelector(selector)?.textContent ?? null;
const button = (label: string) => [...root.querySelectorAll("button")].find((node) => node.textContent === label)!;
const radio = (letter: string) => root.querySelector<HTMLInputElement>(`input[value="${letter}"]`)!;

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  document.documentElement.lang = "zh-hans";
  server = new ExamServer();
  now = 0;
});

afterEach(() => vi.useRealTimers());

describe("the invigilator", () => {
  test("a pause stops the clock and the answering, and its end lets both go on", async () => {
    const desk = await sitDown();
    server.paused = true;
    await desk.peek();
    now += 60_000;
    expect(desk.clock.left()).toBe(3600);
    expect(text(".exam-banner")).toContain("暂停了考试");
    radio("B").click();
    await settle();
    expect(server.received).toEqual([]);
    server.paused = false;
    await desk.peek();
    radio("B").click();
    await settle();
    expect(server.held.get(1)?.response).toBe("B");
    expect(text(".exam-banner")).toBe("");
  });

  test("a message is shown until it is understood, and asked for once", async () => {
    const desk = await sitDown();
    server.messages = [{ id: 7, text: "还有五分钟收卷", at: "2026-11-23T02:30:00+00:00" }];
    await desk.peek();
    expect(text(".exam-banner")).toContain("监考员：还有五分钟收卷");
    button("知道了").click();
    await desk.peek();
    expect(text(".exam-banner")).toBe("");
    expect(server.calls[server.calls.length - 1]).toBe("GET /state/?peek=1&since=7");
  });

  test("a device that the server turns away shows why", async () => {
    server.turnedAway = "考试在另一台设备上进行，请监考员放行。";
    const desk = await sitDown();
    expect(desk.refused).toBe(server.turnedAway);
    server.turnedAway = "";
    expect(await desk.fetch()).toBe(true);
    expect(desk.refused).toBe("");
  });
});

describe("blanks on the page", () => {
  test("what was typed a moment ago is sent when the question is left", async () => {
    server.more = { kind: "fill_in", options: [] };
    await sitDown();
    const input = root.querySelector<HTMLInputElement>(".exam-blank")!;
    input.value = "10";
    input.dispatchEvent(new Event("input"));
    button("下一题").click();
    await settle();
    expect(server.held.get(1)?.response).toBe('["10"]');
    expect(server.held.has(2)).toBe(false);
  });
});
