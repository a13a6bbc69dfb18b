// Calls to the score sheet's server. Every outcome is a value; nothing throws.
import type { Ack, Answer, Failure, Reply, Saved } from "../exam/types";

const TIMEOUT = 10_000;
const PHOTO_TIMEOUT = 60_000;

export interface Addresses {
  state: string;
  photos: string;
}

export interface Photo {
  id: string;
  url: string;
}

export type PhotoReply = { kept: Photo } | { fault: string } | { why: "network" | "login" };

export class SheetApi {
  constructor(
    private readonly at: Addresses,
    private token: string,
    private readonly fetcher: typeof fetch = (...call) => fetch(...call),
  ) {}

  /** Fetch a fresh token; says whether the sheet is still open. */
  async renew(): Promise<"open" | "closed" | "network" | "login"> {
    const { reply, body } = await this.call(this.at.state, { method: "GET" });
    if (!reply) return "network";
    const { token, status } = (body ?? {}) as { token?: string; status?: string };
    if (!reply.ok || !token) return reply.ok || reply.status === 403 ? "login" : reply.status === 404 ? "closed" : "network";
    this.token = token;
    return status === "open" ? "open" : "closed";
  }

  /** Send up to 100 marks. */
  async save(answers: Answer[]): Promise<Reply<Saved>> {
    const init = { method: "POST", body: JSON.stringify({ answers }), headers: { "Content-Type": "application/json" } };
    const { reply, body } = await this.call(this.at.state, init);
    if (!reply) return failed("network");
    if (!reply.ok) return failed(byStatus(reply.status));
    const { acks } = (body ?? {}) as { acks?: Ack[] };
    return acks ? { ok: true, data: { acks, seconds_left: 0 } } : failed("login");
  }

  /** Send one photo of a task. */
  async photo(position: string, file: File): Promise<PhotoReply> {
    const body = new FormData();
    body.append("position", position);
    body.append("photo", file);
    const { reply, body: told } = await this.call(this.at.photos, { method: "POST", body }, PHOTO_TIMEOUT);
    if (!reply || reply.status >= 500) return { why: "network" };
    const { photo, message } = (told ?? {}) as { photo?: Photo; message?: string };
    if (reply.ok && photo) return { kept: photo };
    return message ? { fault: message } : { why: "login" };
  }

  private async call(url: string, init: RequestInit, timeout = TIMEOUT): Promise<{ reply: Response | null; body?: object | null }> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeout);
    const headers = { ...(init.headers as Record<string, string>), Accept: "application/json", "X-CSRFToken": this.token };
    try {
      const reply = await this.fetcher(url, { ...init, headers, signal: abort.signal, cache: "no-store", credentials: "same-origin" });
      const isJson = /json/.test(reply.headers.get("content-type") ?? "");
      return { reply, body: isJson ? ((await reply.json()) as object) : null };
    } catch {
      return { reply: null };
    } finally {
      clearTimeout(timer);
    }
  }
}

const failed = (why: Failure) => ({ ok: false, why, receipt: null, message: "" }) as const;

function byStatus(status: number): Failure {
  if (status >= 500 || status === 408 || status === 429) return "server";
  if (status === 401) return "login";
  if (status === 403) return "token";
  if (status === 404 || status === 409) return "closed";
  return "invalid";
}
