// Brings every unacknowledged answer to the server, however long the network is away.
import { backoff } from "../backoff";
import type { Queue } from "./queue";
import type { Ack, Answer, Reply, Saved } from "./types";

export const BATCH = 100;
const LONGEST = 15_000;

export type Link = "up" | "down" | "login";
export type Halt = "lease" | "closed" | "late";

export interface SyncEvents {
  /** The number of unsent answers or the link changed. */
  changed(): void;
  acked(acks: Ack[]): void;
  secondsLeft(seconds: number): void;
  /** The server takes no more answers from this page. */
  halted(why: Halt): void;
  /** Fetch a new token; false if that failed. */
  renew(): Promise<boolean>;
}

/** Sends the queue in order. An answer leaves it only when its sequence number or a higher one is acknowledged. */
export class Sync {
  link: Link = "up";
  halt: Halt | null = null;
  private sending = false;
  private failures = 0;
  private renewals = 0;
  private limit = BATCH;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly refused = new Map<number, number>(); // slot → the sequence number that the server called invalid
  private waiting: (() => void)[] = [];

  constructor(
    private readonly server: { save(answers: Answer[]): Promise<Reply<Saved>> },
    private readonly queue: Queue,
    private readonly events: SyncEvents,
    private readonly random: () => number = Math.random,
  ) {}

  /** Queue an answer and send it; while the network is down the next try is already planned. */
  add(answer: Answer): void {
    this.queue.add(answer);
    if (this.link === "up" || this.timer === undefined) this.retry();
    this.events.changed();
  }

  /** Send now. */
  retry(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    void this.send();
  }

  /** Take up again after a halt: the page has fetched a new lease. */
  resume(): void {
    this.halt = null;
    this.reached();
  }

  /** Another call learnt that the server takes no more from this page. */
  stop(why: Halt): void {
    if (this.halt) return;
    this.halt = why;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.events.halted(why);
    this.release();
  }

  /** Another call, or the browser, learnt that the server can be reached. */
  reached(): void {
    this.link = "up";
    this.failures = 0;
    this.retry();
    this.events.changed();
  }

  /** Another call, or the browser, learnt that it cannot. */
  lost(link: "down" | "login" = "down"): void {
    this.link = link;
    this.events.changed();
  }

  /** Slots whose newest answer the server called invalid: kept, retried every 15 s, to be shown. */
  get refusals(): number[] {
    return this.queue.list().filter((answer) => this.isRefused(answer)).map(({ slot }) => slot);
  }

  /** Wait until nothing but refused answers is unacknowledged, or the server takes no more. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.release();
    });
  }

  private isRefused({ slot, seq }: Answer): boolean {
    return this.refused.get(slot) === seq;
  }

  private batch(): Answer[] {
    const all = this.queue.list();
    const fresh = all.filter((answer) => !this.isRefused(answer));
    if (fresh.length) return fresh.slice(0, this.limit);
    const [longest] = this.refused.keys(); // refused answers take turns
    return all.filter(({ slot }) => slot === longest).slice(0, 1);
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let batch = this.batch(); batch.length && !this.halt; batch = this.batch()) {
      const wait = await this.handle(await this.server.save(batch), batch);
      this.release();
      if (wait) {
        if (!this.halt) this.timer = setTimeout(() => this.retry(), wait);
        break;
      }
    }
    this.sending = false;
  }

  /** Take in one reply; return how long to wait before the next try, 0 for at once. */
  private async handle(reply: Reply<Saved>, batch: Answer[]): Promise<number> {
    if (reply.ok) return this.accept(reply.data, batch);
    switch (reply.why) {
      case "lease":
      case "closed":
      case "late":
        this.stop(reply.why);
        return LONGEST;
      case "invalid":
        return this.isolate(batch);
      case "token": {
        this.renewals += 1;
        if ((await this.events.renew()) && this.renewals === 1) return 0;
        this.failures = this.renewals - 1; // renewing worked, so it was taken for a recovery
        return this.fail("down");
      }
      default:
        return this.fail(reply.why === "login" ? "login" : "down");
    }
  }

  private accept({ acks, seconds_left }: Saved, batch: Answer[]): number {
    const before = this.batch()[0];
    this.queue.settle(acks);
    const left = new Set(this.queue.list().map(({ slot }) => slot));
    for (const slot of this.refused.keys()) if (!left.has(slot)) this.refused.delete(slot);
    this.events.acked(acks);
    this.events.secondsLeft(seconds_left);
    const moved = batch.every(({ slot, seq }) => acks.some((ack) => ack.slot === slot && ack.seq >= seq));
    if (!moved && this.batch()[0] === before) return this.fail("down"); // 200 that acknowledges nothing must not spin
    this.link = "up";
    this.failures = this.renewals = 0;
    this.limit = BATCH;
    this.events.changed();
    return 0;
  }

  /** One answer that the server calls invalid must not hold up the others: halve the batch until it stands alone. */
  private isolate(batch: Answer[]): number {
    const [only, ...others] = batch;
    this.limit = Math.max(1, Math.floor(batch.length / 2));
    if (others.length) return 0;
    if (!only) return 0;
    const again = this.isRefused(only);
    this.refused.delete(only.slot);
    this.refused.set(only.slot, only.seq);
    this.limit = BATCH;
    this.events.changed();
    return again ? LONGEST : 0;
  }

  private fail(link: Link): number {
    this.failures += 1;
    this.link = link;
    this.events.changed();
    return backoff(this.failures, LONGEST, this.random);
  }

  private release(): void {
    if (!this.halt && this.queue.list().some((answer) => !this.isRefused(answer))) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
