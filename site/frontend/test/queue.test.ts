// The queue of unacknowledged answers: what it keeps, what it forgets, and that it outlives the page.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Queue } from "../src/exam/queue";

const answer = (slot: number, response: string, seq: number, marked = false) => ({ slot, response, marked, seq });

beforeEach(() => {
  indexedDB = new IDBFactory();
});

async function afterReload(attempt: string) {
  return (await Queue.open(attempt)).list();
}

describe("Queue", () => {
  test("answers come back after a reload, oldest change first", async () => {
    const queue = await Queue.open("a");
    queue.add(answer(5, "B", 8));
    queue.add(answer(2, "A", 7, true));
    await queue.written();
    expect(await afterReload("a")).toEqual([answer(2, "A", 7, true), answer(5, "B", 8)]);
  });

  test("an older sequence number never overwrites a newer one, in memory or on the disk", async () => {
    const queue = await Queue.open("a");
    queue.add(answer(3, "C", 9));
    queue.add(answer(3, "A", 8));
    await queue.written();
    expect(queue.list()).toEqual([answer(3, "C", 9)]);
    expect(await afterReload("a")).toEqual([answer(3, "C", 9)]);
  });

  test("another page of the same attempt cannot overwrite a newer entry on the disk", async () => {
    const [older, newer] = [await Queue.open("a"), await Queue.open("a")];
    newer.add(answer(3, "C", 9));
    await newer.written();
    older.add(answer(3, "A", 8));
    await older.written();
    expect(await afterReload("a")).toEqual([answer(3, "C", 9)]);
  });

  test("an acknowledgement of an older sequence number leaves the newer answer queued", async () => {
    const queue = await Queue.open("a");
    queue.add(answer(3, "A", 8));
    queue.add(answer(3, "B", 9));
    queue.settle([{ slot: 3, seq: 8 }]);
    await queue.written();
    expect(await afterReload("a")).toEqual([answer(3, "B", 9)]);
    queue.settle([{ slot: 3, seq: 9 }]);
    await queue.written();
    expect(queue.list()).toEqual([]);
    expect(await afterReload("a")).toEqual([]);
  });

  test("clearing one attempt leaves another attempt's answers", async () => {
    const [a, b] = [await Queue.open("a"), await Queue.open("b")];
    a.add(answer(1, "A", 1));
    b.add(answer(1, "B", 4));
    await b.written();
    await a.clear();
    expect(await afterReload("a")).toEqual([]);
    expect(await afterReload("b")).toEqual([answer(1, "B", 4)]);
  });

  test("nothing but slot, response, mark and sequence number reaches the disk", async () => {
    const queue = await Queue.open("a");
    queue.add({ ...answer(1, "A", 1), stem: "secret", name: "张三" } as never);
    await queue.written();
    expect(await afterReload("a")).toEqual([answer(1, "A", 1)]);
  });

  test("without IndexedDB the queue works in memory and says that it does not last", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    const queue = await Queue.open("a");
    queue.add(answer(1, "A", 1));
    expect(queue.durable).toBe(false);
    expect(queue.list()).toEqual([answer(1, "A", 1)]);
  });

  test("an IndexedDB that never answers is given up after two seconds", async () => {
    vi.useFakeTimers();
    vi.spyOn(indexedDB, "open").mockReturnValue({} as IDBOpenDBRequest);
    const opening = Queue.open("a");
    await vi.advanceTimersByTimeAsync(2000);
    expect((await opening).durable).toBe(false);
    vi.useRealTimers();
  });

  test("a disk that fails half-way leaves the answers in memory", async () => {
    const queue = await Queue.open("a");
    queue.add(answer(1, "A", 1));
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    queue.add(answer(2, "B", 2));
    expect(queue.durable).toBe(false);
    expect(queue.list()).toEqual([answer(1, "A", 1), answer(2, "B", 2)]);
  });
});
