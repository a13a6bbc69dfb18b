// A server as the runner sees it: keeps the highest sequence number per slot, and can be cut off or told to refuse.
import type { Answer, Message, Question } from "../src/exam/types";

type Fault = "cut" | "lost reply" | "hang" | { status: number; body?: object; html?: string };

export class ExamServer {
  readonly held = new Map<number, Answer>();
  readonly received: number[][] = []; // the sequence numbers of each POST that arrived
  readonly calls: string[] = [];
  fault: Fault | null = null;
  invalid = new Set<number>(); // slots
  late = false;
  secondsLeft = 3600;
  status = "in_progress";
  receipt: string | null = null;
  lease = 0;
  questions = 3;
  paused = false;
  messages: Message[] = [];
  turnedAway = "";
  more: Partial<Question> = {};

  readonly fetch = (async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const url = String(input);
    this.calls.push(`${init.method} ${url}`);
    const fault = this.fault;
    if (fault === "cut") throw new TypeError("Failed to fetch");
    if (fault === "hang") return hang(init.signal);
    if (typeof fault === "object" && fault) {
      const headers = { "content-type": "text/html" };
      if (fault.html !== undefined) return new Response(fault.html, { status: fault.status, headers });
      return json(fault.status, fault.body ?? {});
    }
    const reply = this.answer(url, init);
    if (fault === "lost reply") throw new TypeError("Failed to fetch");
    return reply;
  }) as typeof fetch;

  private answer(url: string, init: RequestInit): Response {
    const token = new Headers(init.headers).get("X-Attempt-Token");
    if (url === "/state/") return this.open();
    if (url.startsWith("/state/?peek=1")) return this.peek(Number(/since=(\d+)/.exec(url)?.[1] ?? 0));
    if (token !== `lease-${this.lease}`) return json(409, { reason: "lease", message: "" });
    return url === "/answers/" ? this.save(String(init.body)) : this.submit();
  }

  private peek(since: number): Response {
    const messages = this.messages.filter(({ id }) => id > since);
    return json(200, { seconds_left: this.secondsLeft, status: this.status, paused: this.paused, messages });
  }

  private open(): Response {
    if (this.turnedAway) return json(409, { reason: "device", message: this.turnedAway });
    if (this.status !== "in_progress") return json(409, { reason: "closed", receipt: this.receipt });
    this.lease += 1;
    const answers = [...this.held.values()];
    return json(200, {
      attempt: "a",
      title: "低压电工作业",
      token: `lease-${this.lease}`,
      status: this.status,
      seconds_left: this.secondsLeft,
      next_seq: Math.max(0, ...answers.map(({ seq }) => seq)) + 1,
      questions: Array.from({ length: this.questions }, (_, index) => ({ ...question(index + 1), ...this.more })),
      paused: this.paused,
      messages: this.messages,
      answers,
    });
  }

  private save(body: string): Response {
    const { answers } = JSON.parse(body) as { answers: Answer[] };
    if (this.status !== "in_progress") return json(409, { reason: "closed", message: "" });
    if (this.late) return json(409, { reason: "late", message: "" });
    if (answers.some(({ slot }) => this.invalid.has(slot))) return json(400, { reason: "invalid", message: "slot" });
    this.received.push(answers.map(({ seq }) => seq));
    for (const answer of answers) {
      if (answer.seq > (this.held.get(answer.slot)?.seq ?? -1)) this.held.set(answer.slot, answer);
    }
    const acks = answers.map(({ slot }) => ({ slot, seq: this.held.get(slot)!.seq }));
    return json(200, { acks, seconds_left: this.secondsLeft });
  }

  private submit(): Response {
    this.status = "submitted";
    this.receipt ??= "7F3K-2MPA";
    const answered = [...this.held.values()].filter(({ response }) => response).length;
    return json(200, { receipt: this.receipt, submitted_at: "2026-11-23T02:30:00+00:00", answered });
  }
}

export function question(slot: number): Question {
  return {
    slot,
    kind: "single_choice",
    stem: `题干 ${slot}`,
    options: ["A", "B", "C", "D"].map((letter) => ({ letter, text: `选项 ${letter}` })),
    width: 1,
    marks: "1",
    lefts: [],
    media: [],
    case: "",
  };
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

function hang(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });
}
