// Typed calls to the exam's server. Every outcome is a value; nothing throws.
import type { Answer, Failure, Noticed, Peek, Receipt, Reply, Saved, Sheet } from "./types";

const TIMEOUT = 10_000;

export interface Addresses {
  state: string;
  answers: string;
  submit: string;
  events?: string;
}

export class ExamApi {
  private token = "";

  constructor(
    private readonly at: Addresses,
    private readonly fetcher: typeof fetch = (...call) => fetch(...call),
  ) {}

  /** Fetch the whole attempt and take its lease; later calls carry the new token. */
  async open(): Promise<Reply<Sheet>> {
    const reply = await this.call<Sheet>(this.at.state, { method: "GET" });
    if (reply.ok) this.token = reply.data.token;
    return reply;
  }

  /** Ask for the time left and the status; takes no lease. */
  peek(since = 0): Promise<Reply<Peek>> {
    return this.call(`${this.at.state}?peek=1${since ? `&since=${since}` : ""}`, { method: "GET" });
  }

  /** Tell what this page noticed; nothing depends on it. */
  notice(events: Noticed[]): Promise<Reply<object>> {
    if (!this.at.events) return Promise.resolve(failed("missing"));
    return this.call(this.at.events, { method: "POST", body: JSON.stringify({ events }) });
  }

  /** Send up to 100 answers. */
  save(answers: Answer[]): Promise<Reply<Saved>> {
    return this.call(this.at.answers, { method: "POST", body: JSON.stringify({ answers }) });
  }

  /** Close the attempt; again gives the same receipt. */
  submit(): Promise<Reply<Receipt>> {
    return this.call(this.at.submit, { method: "POST", body: "{}" });
  }

  private async call<Data>(url: string, init: RequestInit): Promise<Reply<Data>> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT);
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.token) headers["X-Attempt-Token"] = this.token;
    if (init.body) headers["Content-Type"] = "application/json";
    try {
      const response = await this.fetcher(url, {
        ...init,
        headers,
        signal: abort.signal,
        cache: "no-store",
        credentials: "same-origin",
      });
      return await understand<Data>(response);
    } catch {
      return failed("network");
    } finally {
      clearTimeout(timer);
    }
  }
}

const failed = (why: Failure, receipt: string | null = null, message = "") =>
  ({ ok: false, why, receipt, message }) as const;
const REASONS: readonly Failure[] = ["lease", "closed", "late", "device", "place"];

async function understand<Data>(response: Response): Promise<Reply<Data>> {
  const body = await json(response);
  if (response.ok) return body ? { ok: true, data: body as Data } : failed("login");
  if (response.status === 409) {
    const { reason, receipt, message } = (body ?? {}) as { reason?: Failure; receipt?: string; message?: string };
    return failed(reason && REASONS.includes(reason) ? reason : "server", receipt ?? null, message);
  }
  return failed(byStatus(response.status));
}

function byStatus(status: number): Failure {
  if (status >= 500 || status === 408 || status === 429) return "server";
  if (status === 401) return "login";
  if (status === 403) return "token";
  if (status === 404) return "missing";
  return "invalid";
}

async function json(response: Response): Promise<object | null> {
  if (!/json/.test(response.headers.get("content-type") ?? "")) return null;
  const body: unknown = await response.json(); // a reply cut off half-way throws: that is the network's failure
  return typeof body === "object" ? body : null;
}
