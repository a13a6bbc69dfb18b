// One conversation: a question at a time, over the socket; after a break it goes on where it was, nothing twice.
import { backoff } from "../backoff";
import { newKey } from "../key";
import { Refusal, type ChatApi } from "./api";
import { AnswerBubble, asked } from "./bubbles";
import { t } from "./texts";
import type { Answer, Message } from "./types";

const SILENCE = 15_000; // of a socket that should be answering
const RECOVERY = 2_500; // for the socket to come back before the question is posted
const ENDURANCE = 90_000; // of one question, over all tries
const LONGEST = 8_000;
const ALWAYS = ["119", "120", "110"];

interface Pending {
  key: string;
  question: string;
  bubble: AnswerBubble;
  text: string;
  failures: number;
  posting: boolean;
  until: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface Wires {
  /** Send over the socket; false if it is not open. */
  send(message: object): boolean;
  /** Drop the socket and whatever it still had to say. */
  replace(): void;
  api: ChatApi;
}

export interface Heard {
  busy(busy: boolean): void;
  giveBack(question: string): void;
  /** The answer is whole; what it brings along may be added to its bubble. */
  answered(question: string, answer: Answer, bubble: AnswerBubble): void;
}

export class Talk {
  private pending: Pending | null = null;

  constructor(
    private readonly log: HTMLElement,
    private readonly wires: Wires,
    private readonly on: Heard,
    public conversation: string | null = null,
  ) {}

  /** Ask, unless the last answer is still coming; return whether the question was taken. */
  ask(question: string): boolean {
    const text = question.trim();
    if (!text || this.pending) return false;
    const bubble = new AnswerBubble();
    const mine = asked(text);
    this.log.append(mine, bubble.node);
    mine.scrollIntoView({ block: "start" });
    const until = Date.now() + ENDURANCE;
    const rest = { text: "", failures: 0, posting: false, timer: undefined };
    this.pending = { key: newKey(), question: text, bubble, until, ...rest };
    this.on.busy(true);
    if (!this.sent()) void this.post();
    return true;
  }

  /** Take in a message of the socket; what belongs to an earlier question is late and left. */
  receive(message: Message): void {
    const pending = this.pending;
    if (!pending || (message.id && message.id !== pending.key)) return;
    this.wait(SILENCE, () => this.silent());
    switch (message.type) {
      case "typing":
        return;
      case "start":
        this.conversation = message.conversation;
        return pending.bubble.begin(message.kind, message.calls ?? []);
      case "delta":
        pending.text = [...pending.text].slice(0, message.at).join("") + message.text;
        return pending.bubble.grow(pending.text);
      case "end":
        return this.finish({ ...pending.bubble.begun, ...message });
      case "error":
        return this.fail(message.message, []);
    }
  }

  /** The socket broke: it is given a moment to come back, then the answer is fetched whole. */
  dropped(): void {
    if (this.pending && !this.pending.posting) this.wait(RECOVERY, () => void this.post());
  }

  /** The socket is there (again): whatever is unanswered goes on where it broke. */
  restored(): void {
    if (this.pending) this.sent();
  }

  private sent(): boolean {
    const { key, question, text } = this.pending!;
    const have = [...text].length;
    const message = { id: key, question, conversation: this.conversation, ...(have ? { have } : {}) };
    if (!this.wires.send(message)) return false;
    this.wait(SILENCE, () => this.silent());
    return true;
  }

  private silent(): void {
    void this.post();
    this.wires.replace();
  }

  private wait(delay: number, then: () => void): void {
    clearTimeout(this.pending?.timer);
    if (this.pending) this.pending.timer = setTimeout(then, delay);
  }

  private async post(): Promise<void> {
    const pending = this.pending;
    if (!pending || pending.posting) return;
    pending.posting = true;
    clearTimeout(pending.timer);
    try {
      const body = { id: pending.key, question: pending.question, conversation: this.conversation };
      const answer = await this.wires.api.call<Answer>("ask", body);
      if (this.pending !== pending) return; // the socket was quicker
      pending.bubble.begin(answer.kind, answer.calls ?? []);
      this.finish(answer);
    } catch (error) {
      if (this.pending !== pending) return;
      if (error instanceof Refusal) return this.fail(error.message, []);
      pending.posting = false;
      pending.failures += 1;
      const pause = backoff(pending.failures, LONGEST);
      if (Date.now() + pause < pending.until) this.wait(pause, () => void this.post());
      else this.fail(t("failed"), ALWAYS);
    }
  }

  private finish(answer: Answer): void {
    const { question, bubble } = this.pending!;
    this.conversation = answer.conversation;
    bubble.finish(answer);
    this.done();
    this.on.answered(question, answer, bubble);
  }

  private fail(message: string, numbers: string[]): void {
    if (!this.pending) return;
    this.pending.bubble.fail(message, numbers);
    this.on.giveBack(this.pending.question);
    this.done();
  }

  private done(): void {
    clearTimeout(this.pending?.timer);
    this.pending = null;
    this.on.busy(false);
  }
}
