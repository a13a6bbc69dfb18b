// The candidate's desk: joins the attempt's state, the queue, the clock and the page.
import type { ExamApi } from "./api";
import type { Clock } from "./clock";
import { ending, missing, type Ended } from "./ending";
import { handIn, type Outcome, type Step } from "./handin";
import type { Queue } from "./queue";
import { merge, reduce, superseded, tally, type Change, type ExamState } from "./state";
import { BATCH, Sync, type Halt } from "./sync";
import { canSeal, keep, seal } from "./emergency";
import { t } from "./texts";
import type { Ack, Message } from "./types";
import { View } from "./view";

export class Desk {
  private state: ExamState | null = null;
  ended = false;
  /** Why the server lets this device or place not in; "" where it does. */
  refused = "";
  fullScreen = false;
  private opening: Promise<boolean> | null = null;
  private screen: "question" | "check" = "question";
  private step: Step | null = null;
  private cancel = () => {};
  private timeUp = false;
  private paused = false;
  private messages: Message[] = [];
  private lastMessage = 0;
  private emergencyKey = "";
  readonly sync: Sync;
  readonly view: View;

  constructor(
    root: HTMLElement,
    private readonly api: ExamApi,
    private readonly queue: Queue,
    readonly clock: Clock,
    private readonly urls: { result: string; login: string; media?: string },
    private readonly attempt = "",
  ) {
    const renew = () => this.fetch();
    this.sync = new Sync(api, queue, {
      changed: () => this.render(),
      acked: (acks) => this.acked(acks),
      secondsLeft: (seconds) => this.clock.set(seconds),
      halted: (why) => this.halted(why),
      renew,
    });
    this.view = new View(
      root,
      {
        choose: (slot, response) => this.change({ type: "choose", slot, response }),
        mark: (slot, marked) => this.change({ type: "mark", slot, marked }),
        go: (at) => this.goTo("question", at),
        check: () => this.goTo("check"),
        back: () => this.goTo("question"),
        handIn: () => void this.handIn(false),
        reopen: () => void this.fetch(),
        understood: (id) => this.understood(id),
        emergency: () => void this.emergency(),
        media: (id) => (urls.media ?? "").replace("/0/", `/${id}/`),
      },
      urls.login,
    );
  }

  get running(): boolean {
    return this.state !== null && !this.ended;
  }

  /** Whether the invigilator has stopped the clock. */
  get standing(): boolean {
    return this.paused;
  }

  /** Whether leaving now could lose an answer. */
  get unsent(): boolean {
    return !this.ended && this.queue.size > 0;
  }

  /** Take the lease and the server's state and merge in what is still unsent here; false if there was none to have. */
  fetch(): Promise<boolean> {
    this.opening ??= this.take().finally(() => (this.opening = null));
    return this.opening;
  }

  /** Learn the time left and whether somebody closed the attempt. */
  async peek(): Promise<void> {
    const reply = await this.api.peek(this.lastMessage);
    if (!this.running) return;
    if (reply.ok) {
      this.hear(reply.data.messages, reply.data.paused);
      this.clock.set(reply.data.seconds_left, this.paused);
      if (reply.data.status !== "in_progress") return void (await this.fetch());
      if (this.sync.link !== "up") this.sync.reached();
      if (this.clock.left() > 0) this.goOn();
    } else if (reply.why === "lease") this.sync.stop("lease");
    else if (reply.why === "closed") await this.fetch();
    else if (reply.why !== "token") this.sync.lost(reply.why === "login" ? "login" : "down");
  }

  /** Time is up by this page's clock: the server may have given more; if not, hand in. */
  async expire(): Promise<void> {
    if (this.timeUp || !this.running || this.sync.halt) return;
    this.timeUp = true;
    await this.peek();
    if (this.timeUp && this.running) await this.handIn(true);
  }

  private async take(): Promise<boolean> {
    const reply = await this.api.open();
    if (!reply.ok) {
      if (reply.why === "closed") await this.end({ receipt: reply.receipt });
      else if (reply.why === "missing" && !this.state) this.leave(missing(this.urls.login));
      else if (reply.why === "device" || reply.why === "place") this.refused = reply.message;
      else this.sync.lost(reply.why === "login" ? "login" : "down");
      return false;
    }
    this.refused = "";
    const state = merge(reply.data, this.queue.list(), this.state?.at);
    const stale = this.queue.list().filter(({ slot, seq }) => state.answers[slot]?.seq !== seq);
    this.queue.settle(stale.map(({ slot, seq }) => ({ slot, seq })));
    this.state = state;
    this.timeUp = false;
    this.emergencyKey = reply.data.emergency_key ?? "";
    this.hear(reply.data.messages, reply.data.paused);
    this.clock.set(reply.data.seconds_left, this.paused);
    this.fullScreen = reply.data.full_screen ?? false;
    this.view.tools({ calculator: reply.data.calculator ?? false, fullScreen: this.fullScreen });
    this.view.time(this.clock.left());
    this.sync.resume();
    return true;
  }

  /** Take in what the invigilator said and whether the clock stands still. */
  private hear(messages: Message[] = [], paused = false): void {
    const fresh = messages.filter(({ id }) => id > this.lastMessage);
    this.messages.push(...fresh);
    for (const { id, text } of fresh) {
      this.lastMessage = Math.max(this.lastMessage, id);
      this.view.announce(t("fromInvigilator", { text }));
    }
    const changed = fresh.length > 0 || paused !== this.paused;
    this.paused = paused;
    if (changed) this.render();
  }

  private understood(id: number): void {
    this.messages = this.messages.filter((message) => message.id !== id);
    this.render();
  }

  private async emergency(): Promise<void> {
    keep(await seal(this.attempt, this.queue.list(), this.emergencyKey), `exam-${this.attempt.slice(0, 8)}.json`);
  }

  /** An allowance arrived after time was up and before the attempt was handed in. */
  private goOn(): void {
    if (!this.timeUp || this.step === "submitting") return;
    this.timeUp = false;
    this.goTo("question");
  }

  private halted(why: Halt): void {
    if (why === "closed") void this.fetch();
    else if (why === "late") {
      this.timeUp = true;
      void this.handIn(true);
    } else this.render();
  }

  private acked(acks: Ack[]): void {
    if (!this.state) return;
    const stale = superseded(this.state, acks);
    this.state = reduce(this.state, { type: "acked", acks });
    if (stale) void this.fetch();
  }

  private change(change: Change): void {
    if (!this.state || this.ended || this.sync.halt || this.timeUp || this.paused) return;
    const before = this.state;
    this.state = reduce(before, change);
    const slot = "slot" in change ? change.slot : 0;
    const answer = this.state.answers[slot];
    if (answer && answer !== before.answers[slot]) this.sync.add(answer);
  }

  private goTo(screen: "question" | "check", at?: number): void {
    if (!this.state || this.step === "submitting" || (this.timeUp && screen === "question")) return;
    this.view.flush();
    this.cancel();
    this.step = null;
    this.screen = screen;
    if (at !== undefined) this.state = reduce(this.state, { type: "go", at });
    this.render();
  }

  private async handIn(timeUp: boolean): Promise<void> {
    if (this.ended || this.step === "submitting" || this.sync.halt === "lease") return;
    this.view.flush();
    this.cancel();
    let cancelled = false;
    this.cancel = () => (cancelled = true);
    this.screen = "check";
    const outcome = await handIn({
      sync: this.sync,
      submit: () => this.api.submit(),
      renew: () => this.fetch(),
      step: (step) => ((this.step = step), this.render()),
      cancelled: () => cancelled,
      anyway: timeUp || this.sync.refusals.length > 0, // the candidate has seen which ones and pressed again
    });
    if (outcome.kind !== "cancelled") await this.settle(outcome);
  }

  private async settle(outcome: Outcome): Promise<void> {
    this.step = null;
    if (outcome.kind === "receipt") {
      const { receipt, submitted_at, answered } = outcome.receipt;
      await this.end({ receipt, submittedAt: submitted_at, answered });
    } else if (outcome.kind === "closed") await this.fetch();
    else {
      if (outcome.kind === "lease") this.sync.stop("lease");
      this.render();
    }
  }

  private async end(ended: Omit<Ended, "notArrived">): Promise<void> {
    if (this.ended) return;
    const notArrived = this.state ? tally(this.state).unsaved : [];
    this.leave(ending({ ...ended, notArrived }, this.urls.result));
    const unsent = this.queue.list().slice(0, BATCH);
    if (unsent.length) await this.api.save(unsent); // too late to count, but the server keeps it as evidence
    await this.queue.clear();
  }

  private leave(screen: HTMLElement): void {
    this.ended = true;
    this.cancel();
    this.view.end(screen);
  }

  private render(): void {
    if (!this.state || this.ended) return;
    const { sync, queue, screen, step, timeUp, state, paused, messages } = this;
    const refused = sync.refusals.map((slot) => state.questions.findIndex((question) => question.slot === slot) + 1);
    const { link, halt } = sync;
    const sealable = canSeal(this.emergencyKey) && queue.size > 0 && link !== "up";
    const { durable, size: unsent } = queue;
    const more = { paused, messages, sealable };
    this.view.render(state, { screen, link, halt, durable, unsent, refused, step, timeUp, ...more });
  }
}
