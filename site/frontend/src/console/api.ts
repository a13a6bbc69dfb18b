// Typed calls to the console's server. Every outcome is a value; nothing throws.
import { t } from "./texts";
import type { Line, Outcome, Room, Ticket } from "./types";

const TIMEOUT = 10_000;

export interface Addresses {
  state: string;
  act: string;
  record: string;
  ticket: string;
}

/** What a fetch gave: the thing, `gone` where it is not for us (any more), else `down`. */
export type Fetched<Thing> = Thing | "gone" | "down";

export class ConsoleApi {
  constructor(
    private readonly at: Addresses,
    private readonly csrf: string,
    private readonly fetcher: typeof fetch = (...call) => fetch(...call),
  ) {}

  /** Fetch the room as it is now. */
  room(): Promise<Fetched<Room>> {
    return this.get<Room>(this.at.state);
  }

  /** Fetch what happened around one candidate, oldest first. */
  async record(attempt: string): Promise<Line[]> {
    const found = await this.get<{ record: Line[] }>(this.at.record.replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, attempt));
    return typeof found === "string" ? [] : found.record;
  }

  /** Find whose ticket a scanned or typed text names. */
  ticket(text: string): Promise<Fetched<Ticket>> {
    return this.get<Ticket>(`${this.at.ticket}?text=${encodeURIComponent(text)}`);
  }

  /** Do one act. */
  async act(name: string, fields: Record<string, string | Blob>): Promise<Outcome> {
    const body = new FormData();
    for (const [field, value] of Object.entries(fields)) body.append(field, value);
    const init = { method: "POST", body, headers: { "X-CSRFToken": this.csrf, Accept: "application/json" } };
    const reply = await this.call(this.at.act.replace("NAME", name), init);
    const said = (reply?.body ?? {}) as Partial<Outcome>;
    const ok = reply?.status === 200 && reply.body !== null;
    const message = said.message ?? (said.errors ? "" : t("failed"));
    return { ok, message, errors: said.errors ?? {}, look: said.look ?? null };
  }

  private async get<Thing>(url: string): Promise<Fetched<Thing>> {
    const reply = await this.call(url, { headers: { Accept: "application/json" } });
    if (reply?.status === 200 && reply.body) return reply.body as Thing;
    return reply && reply.status < 500 ? "gone" : "down"; // a log-in page instead of JSON is also gone
  }

  private async call(url: string, init: RequestInit): Promise<{ status: number; body: object | null } | null> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT);
    try {
      const options: RequestInit = { ...init, signal: abort.signal, cache: "no-store", credentials: "same-origin" };
      const response = await this.fetcher(url, options);
      const json = /json/.test(response.headers.get("content-type") ?? "");
      return { status: response.status, body: json ? ((await response.json()) as object) : null };
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}
