// Keeps a page fresh: fetches when the socket says that something changed, and by itself every few seconds.
import { backoff } from "./backoff";

const EVERY = 10_000;
const EVERY_WHEN_DOWN = 5_000;
const GATHER = 300; // several changes at once cost one fetch
const LONGEST = 30_000;

export class Live {
  up = false;
  private socket: WebSocket | null = null;
  private failures = 0;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly refresh: () => Promise<void>,
    private readonly create: (url: string) => WebSocket = (address) => new WebSocket(address),
    private readonly heard: (said: { typing?: boolean }) => void = () => {},
  ) {}

  /** Open the socket and fetch now, and go on until `stop`. */
  start(): void {
    this.connect();
    this.soon(0);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.soon(0);
    });
  }

  /** Fetch in so many milliseconds instead of whenever it was due. */
  soon(delay = GATHER): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(async () => {
      await this.refresh();
      this.soon(this.up ? EVERY : EVERY_WHEN_DOWN);
    }, delay);
  }

  /** Say something over the socket; where it is down nobody hears it. */
  say(message: object): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  /** End both: the page is not for us any more. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    if (this.stopped) return;
    let socket: WebSocket;
    try {
      socket = this.create(this.url);
    } catch {
      return this.again(); // some proxies' browsers refuse sockets outright
    }
    this.socket = socket;
    socket.onopen = () => {
      this.up = true;
      this.failures = 0;
      this.soon();
    };
    socket.onmessage = ({ data }) => {
      const said = read(data);
      if (said.typing) this.heard(said);
      else this.soon();
    };
    socket.onclose = () => {
      this.up = false;
      this.again();
    };
  }

  private again(): void {
    if (this.stopped) return;
    this.failures += 1;
    setTimeout(() => this.connect(), backoff(this.failures, LONGEST));
  }
}

function read(data: unknown): { typing?: boolean } {
  try {
    return (JSON.parse(String(data)) as { typing?: boolean }) || {};
  } catch {
    return {};
  }
}
