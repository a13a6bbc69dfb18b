// Calls to the chat's JSON API.

const PATIENCE = 30_000;

/** The server answered, and said why not. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export class ChatApi {
  constructor(
    readonly base: string,
    private readonly fetch: typeof window.fetch = (...call) => window.fetch(...call),
  ) {}

  /** Return the reply's JSON; throw a Refusal in the server's words, or whatever the network fails with. */
  async call<Reply>(path: string, body?: object, method = body ? "POST" : "GET"): Promise<Reply> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const response = await this.fetch(this.base + path, {
        method,
        headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: abort.signal,
      });
      if (response.status === 204) return undefined as Reply;
      const reply = (await response.json()) as Reply & { message?: string };
      if (response.ok) return reply;
      if (reply.message && response.status < 500) throw new Refusal(reply.message, response.status);
      throw new Error(String(response.status));
    } finally {
      clearTimeout(timer);
    }
  }
}
