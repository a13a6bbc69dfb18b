// Bringing answers to the server over a network that fails in every way the contract names.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ExamApi } from "../src/exam/api";
import { Queue } from "../src/exam/queue";
import { Sync, type Halt } from "../src/exam/sync";
import type { Ack } from "../src/exam/types";
import { ExamServer } from "./exam-server";

const answer = (slot: number, response: string, seq: number) => ({ slot, response, marked: false, seq });

let server: ExamServer;
let queue: Queue;
let sync: Sync;
let api: ExamApi;
let acked: Ack[];
let halts: Halt[];
let renewals: number;

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  server = new ExamServer();
  api = new ExamApi({ state: "/state/", answers: "/answers/", submit: "/submit/" }, server.fetch);
  await api.open();
  queue = await Queue.open("a");
  acked = [];
  halts = [];
  renewals = 0;
  const renew = async () => {
    renewals += 1;
    return (await api.open()).ok;
  };
  sync = new Sync(
    api,
    queue,
    { changed() {}, acked: (acks) => acked.push(...acks), secondsLeft() {}, halted: (why) => halts.push(why), renew },
    () => 0.5,
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
const held = () => Object.fromEntries([...server.held.values()].map(({ slot, response }) => [slot, response]));

describe("Sync", () => {
  test("an answer is sent at once and leaves the queue when it is acknowledged", async () => {
    sync.add(answer(1, "B", 1));
    expect(queue.size).toBe(1);
    await settle();
    expect(held()).toEqual({ 1: "B" });
    expect(acked).toEqual([{ slot: 1, seq: 1 }]);
    expect(queue.size).toBe(0);
  });

  test("the network is cut and comes back: nothing is lost and the newest response wins", async () => {
    server.fault = "cut";
    sync.add(answer(1, "A", 1));
    sync.add(answer(2, "B", 2));
    sync.add(answer(1, "C", 3));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sync.link).toBe("down");
    expect(queue.list()).toEqual([answer(2, "B", 2), answer(1, "C", 3)]);
    server.fault = null;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(held()).toEqual({ 1: "C", 2: "B" });
    expect(queue.size).toBe(0);
    expect(sync.link).toBe("up");
  });

  test("retries wait 1, 2, 4, 8 and then 15 seconds", async () => {
    server.fault = "cut";
    sync.add(answer(1, "A", 1));
    await settle();
    const before = server.calls.length;
    const tries: number[] = [];
    for (let second = 1; second <= 60; second += 1) {
      const calls = server.calls.length;
      await vi.advanceTimersByTimeAsync(1000);
      if (server.calls.length > calls) tries.push(second);
    }
    expect(tries).toEqual([1, 3, 7, 15, 30, 45, 60]);
    expect(server.calls.length - before).toBe(7);
  });

  test("when the browser says it is online again the next try does not wait", async () => {
    server.fault = "cut";
    sync.add(answer(1, "A", 1));
    await vi.advanceTimersByTimeAsync(16_000);
    server.fault = null;
    sync.reached();
    await settle();
    expect(held()).toEqual({ 1: "A" });
  });

  test("a reply that gets lost is sent again and does no harm", async () => {
    server.fault = "lost reply";
    sync.add(answer(1, "A", 1));
    await settle();
    expect(queue.size).toBe(1);
    server.fault = null;
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.received).toEqual([[1], [1]]);
    expect(queue.size).toBe(0);
  });

  test("a request without a reply is given up after ten seconds and sent again", async () => {
    server.fault = "hang";
    sync.add(answer(1, "A", 1));
    await vi.advanceTimersByTimeAsync(9_999);
    expect(sync.link).toBe("up");
    await vi.advanceTimersByTimeAsync(1);
    expect(sync.link).toBe("down");
    server.fault = null;
    await vi.advanceTimersByTimeAsync(1000);
    expect(queue.size).toBe(0);
  });

  test("server errors, pages in HTML and a lost login keep the answers and try again", async () => {
    const pages = [{ status: 503, html: "<h1>" }, { status: 200, html: "<form>" }];
    const faults = [...pages, { status: 429 }, { status: 404 }];
    const links: string[] = [];
    sync.add(answer(1, "A", 1));
    queue.add(answer(2, "B", 2));
    for (const fault of faults) {
      server.fault = fault;
      sync.retry();
      await settle();
      links.push(sync.link);
      queue.add(answer(2, "B", 3 + links.length));
    }
    expect(links).toEqual(["down", "login", "down", "down"]);
    server.fault = null;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(held()).toEqual({ 1: "A", 2: "B" });
  });

  test("250 answers go in three batches of at most 100", async () => {
    for (let slot = 1; slot <= 250; slot += 1) queue.add(answer(slot, "A", slot));
    sync.retry();
    await settle();
    expect(server.received.map((batch) => batch.length)).toEqual([100, 100, 50]);
    expect(queue.size).toBe(0);
  });

  test("a change made while its older version is under way is sent after it", async () => {
    sync.add(answer(1, "A", 1));
    sync.add(answer(1, "D", 2));
    await settle();
    expect(server.received).toEqual([[1], [2]]);
    expect(held()).toEqual({ 1: "D" });
  });

  test("an older sequence number does not overwrite what the server holds, and is settled by it", async () => {
    server.held.set(1, answer(1, "D", 30));
    sync.add(answer(1, "A", 4));
    await settle();
    expect(held()).toEqual({ 1: "D" });
    expect(acked).toEqual([{ slot: 1, seq: 30 }]);
    expect(queue.size).toBe(0);
  });

  test("an acknowledgement of less than was sent keeps the answer and backs off", async () => {
    server.fault = { status: 200, body: { acks: [{ slot: 1, seq: 3 }], seconds_left: 60 } };
    sync.add(answer(1, "A", 4));
    await settle();
    expect(queue.size).toBe(1);
    expect(server.calls.filter((call) => call === "POST /answers/").length).toBe(1);
  });

  const reasons = ["lease", "closed", "late"] as const;
  test.each(reasons)("409 %s stops sending, is told once and keeps the answer", async (reason) => {
    server.fault = { status: 409, body: { reason, message: "" } };
    sync.add(answer(1, "A", 1));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(halts).toEqual([reason]);
    expect(server.calls.filter((call) => call === "POST /answers/").length).toBe(1);
    expect(queue.list()).toEqual([answer(1, "A", 1)]);
  });

  test("after a new lease the answers that were stopped are sent", async () => {
    server.lease += 1;
    sync.add(answer(1, "A", 1));
    await settle();
    expect(sync.halt).toBe("lease");
    await api.open();
    sync.resume();
    await settle();
    expect(held()).toEqual({ 1: "A" });
  });

  test("403 fetches one new token at once, and then only with back-off", async () => {
    server.fault = { status: 403, body: { reason: "token" } };
    sync.add(answer(1, "A", 1));
    await settle();
    expect(renewals).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(renewals).toBeLessThan(12);
    server.fault = null;
    await vi.advanceTimersByTimeAsync(15_000);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(held()).toEqual({ 1: "A" });
  });

  test("one answer that the server calls invalid does not hold up the others", async () => {
    server.invalid.add(7);
    for (let slot = 1; slot <= 20; slot += 1) queue.add(answer(slot, "A", slot));
    sync.retry();
    await settle();
    expect(server.held.size).toBe(19);
    expect(sync.refusals).toEqual([7]);
    expect(queue.list()).toEqual([answer(7, "A", 7)]);
    server.invalid.clear();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(sync.refusals).toEqual([]);
    expect(server.held.size).toBe(20);
  });

  test("a refused answer that is chosen again is sent at once", async () => {
    server.invalid.add(1);
    sync.add(answer(1, "A", 1));
    await settle();
    expect(sync.refusals).toEqual([1]);
    server.invalid.clear();
    sync.add(answer(1, "B", 2));
    await settle();
    expect(held()).toEqual({ 1: "B" });
  });

  test("drained waits for the last acknowledgement", async () => {
    server.fault = "cut";
    sync.add(answer(1, "A", 1));
    let drained = false;
    void sync.drained().then(() => (drained = true));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(drained).toBe(false);
    server.fault = null;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(drained).toBe(true);
  });
});
