// What the server has not acknowledged yet: in memory, and in IndexedDB so that a reload or a crash loses nothing.
import type { Ack, Answer } from "./types";

const STORE = "unacknowledged";
const OPENS_WITHIN = 2000; // some webviews never answer an open()

/** Unacknowledged answers of one attempt, the newest per slot. Nothing but {slot, response, marked, seq} is kept. */
export class Queue {
  private readonly entries = new Map<number, Answer>();
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly attempt: string,
    private db: IDBDatabase | null,
  ) {}

  /** Open the attempt's queue with what an earlier page left in it; memory alone where IndexedDB fails. */
  static async open(attempt: string): Promise<Queue> {
    const queue = new Queue(attempt, await database().catch(() => null));
    try {
      for (const answer of await queue.stored()) queue.entries.set(answer.slot, answer);
    } catch {
      queue.db = null;
    }
    return queue;
  }

  /** Whether the entries outlive this page. */
  get durable(): boolean {
    return this.db !== null;
  }

  get size(): number {
    return this.entries.size;
  }

  /** Return the entries, oldest change first. */
  list(): Answer[] {
    return [...this.entries.values()].sort((a, b) => a.seq - b.seq);
  }

  /** Keep an answer unless the slot already has a newer one. */
  add({ slot, response, marked, seq }: Answer): void {
    if ((this.entries.get(slot)?.seq ?? -1) >= seq) return;
    const answer = { slot, response, marked, seq };
    this.entries.set(slot, answer);
    this.write((store) => {
      const held = store.get(this.key(slot));
      held.onsuccess = () => {
        // Another tab of the same attempt writes here too.
        if (((held.result as Answer | undefined)?.seq ?? -1) <= seq) store.put(answer, this.key(slot));
      };
    });
  }

  /** Forget what the server holds: entries whose sequence number is not above the acknowledged one. */
  settle(acks: Ack[]): void {
    for (const { slot, seq } of acks) {
      if ((this.entries.get(slot)?.seq ?? Infinity) <= seq) this.entries.delete(slot);
    }
    this.write((store) => {
      for (const { slot, seq } of acks) {
        const held = store.get(this.key(slot));
        held.onsuccess = () => {
          if (((held.result as Answer | undefined)?.seq ?? Infinity) <= seq) store.delete(this.key(slot));
        };
      }
    });
  }

  /** Forget the attempt, here and on the disk. */
  clear(): Promise<void> {
    this.entries.clear();
    this.write((store) => store.delete(this.range()));
    return this.written();
  }

  /** Wait until the disk has what memory has. */
  written(): Promise<void> {
    return this.writing;
  }

  private key(slot: number): [string, number] {
    return [this.attempt, slot];
  }

  private range(): IDBKeyRange {
    return IDBKeyRange.bound([this.attempt], [this.attempt, []]);
  }

  private async stored(): Promise<Answer[]> {
    if (!this.db) return [];
    const request = this.db.transaction(STORE).objectStore(STORE).getAll(this.range());
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result as Answer[]);
      request.onerror = () => reject(request.error);
    });
  }

  private write(change: (store: IDBObjectStore) => void): void {
    if (!this.db) return;
    const before = this.writing;
    try {
      const transaction = this.db.transaction(STORE, "readwrite");
      const done = new Promise<void>((resolve) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => {
          this.db = null; // a full or broken disk: go on in memory and say so
          resolve();
        };
      });
      change(transaction.objectStore(STORE));
      this.writing = before.then(() => done);
    } catch {
      this.db = null;
    }
  }
}

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("exam", 1);
    const timer = setTimeout(() => reject(new Error("IndexedDB does not answer")), OPENS_WITHIN);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      clearTimeout(timer);
      resolve(request.result);
    };
  });
}
