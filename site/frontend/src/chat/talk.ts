// One conversation: a question at a time, over the socket, or in one POST when the socket fails.
import { AnswerBubble, asked } from "./bubbles";
import { t } from "./texts";
import type { Answer, Kind, Message } from "./types";

const SILENCE = 15_000;
const PATIENCE = 30_000;
const ALWAYS = ["119", "120", "110"];

/** The server answered, and said why not. */
class Refusal extends Error {}

interface Pending {
  question: string;
  bubble: AnswerBubble;
  text: string;
  posted: boolean;
  silence: ReturnType<typeof setTimeout> | undefined;
}

export interface Wires {
  /** Send over the socket; false if it is not open. */
  send(message: object): boolean;
  /** Drop the socket and whatever it still had to say. */
  replace(): void;
  fetch: typeof fetch;
  apiUrl: string;
}

export class Talk {
  private pending: Pending | null = null;

  constructor(
    private readonly log: HTMLElement,
    private readonly wires: Wires,
    private readonly on: { busy(busy: boolean): void; giveBack(question: string): void },
    private conversation: string | null = null,
  ) {}

  /** Ask, unless the last answer is still coming; return whether the question was taken. */
  ask(question: string): boolean {
    const text = question.trim();
    if (!text || this.pending) return false;
    const bubble = new AnswerBubble();
    const mine = asked(text);
    this.log.append(mine, bubble.node);
    mine.scrollIntoView({ block: "start" });
    this.pending = { question: text, bubble, text: "", posted: false, silence: undefined };
    this.on.busy(true);
    if (this.wires.send({ question: text, conversation: this.conversation })) this.listen();
    else void this.post();
    return true;
  }

  /** Take in a message of the socket. */
  receive(message: Message): void {
    const pending = this.pending;
    if (!pending || pending.posted) return;
    this.listen();
    switch (message.type) {
      case "start":
        this.conversation = message.conversation;
        return pending.bubble.begin(message.kind, message.calls ?? []);
      case "delta":
        pending.text += message.text;
        return pending.bubble.grow(pending.text);
      case "end":
        this.conversation = message.conversation;
        pending.bubble.finish(message.text, message.citations ?? [], message.choices ?? []);
        return this.done();
      case "error":
        return this.fail(message.message, []);
    }
  }

  /** The socket broke: an answer that was under way is fetched whole. */
  dropped(): void {
    if (this.pending && !this.pending.posted) void this.post();
  }

  private listen(): void {
    const pending = this.pending;
    if (!pending) return;
    clearTimeout(pending.silence);
    pending.silence = setTimeout(() => {
      void this.post();
      this.wires.replace();
    }, SILENCE);
  }

  private async post(): Promise<void> {
    const pending = this.pending;
    if (!pending) return;
    pending.posted = true;
    clearTimeout(pending.silence);
    try {
      const { kind, text, calls = [], citations = [], choices = [], conversation } = await this.reply(pending.question);
      this.conversation = conversation;
      pending.bubble.begin(kind as Kind, calls);
      pending.bubble.finish(text, citations, choices);
      this.done();
    } catch (error) {
      if (error instanceof Refusal) this.fail(error.message, []);
      else this.fail(t("failed"), ALWAYS);
    }
  }

  private async reply(question: string): Promise<Answer> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const response = await this.wires.fetch(this.wires.apiUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ question, conversation: this.conversation }),
        signal: abort.signal,
      });
      const body = (await response.json()) as Answer & { message?: string };
      if (!response.ok) throw body.message ? new Refusal(body.message) : new Error(String(response.status));
      return body;
    } finally {
      clearTimeout(timer);
    }
  }

  private fail(message: string, numbers: string[]): void {
    if (!this.pending) return;
    this.pending.bubble.fail(message, numbers);
    this.on.giveBack(this.pending.question);
    this.done();
  }

  private done(): void {
    clearTimeout(this.pending?.silence);
    this.pending = null;
    this.on.busy(false);
  }
}
