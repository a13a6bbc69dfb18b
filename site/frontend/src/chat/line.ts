// The socket to the chat: opens when it can, opens again when it breaks, never holds a question back.
import { backoff } from "../backoff";
import type { Message } from "./types";

const LONGEST = 30_000;
const NORMAL = 1000; // the server closes a socket on which nobody asks

export class Line {
  private socket: WebSocket | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly on: { message(message: Message): void; up(): void; down(): void },
    private readonly create: (url: string) => WebSocket = (address) => new WebSocket(address),
  ) {}

  /** Open, unless it is open or opening. */
  open(): void {
    clearTimeout(this.timer);
    if (this.socket) return;
    let socket: WebSocket;
    try {
      socket = this.create(this.url);
    } catch {
      return this.again(); // some proxies' browsers refuse sockets outright
    }
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.on.up();
    };
    socket.onmessage = (event) => {
      const message = parse(event.data);
      if (message && this.socket === socket) this.on.message(message);
    };
    socket.onclose = ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (code === NORMAL) return;
      this.again();
      this.on.down();
    };
  }

  /** Send, or return false: the socket is not open (it opens for the next time). */
  send(message: object): boolean {
    if (this.socket?.readyState === 1) {
      this.socket.send(JSON.stringify(message));
      return true;
    }
    this.open();
    return false;
  }

  /** Drop a socket that fell silent, so that nothing late comes out of it, and open a new one. */
  replace(): void {
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.open();
  }

  private again(): void {
    this.failures += 1;
    if (document.visibilityState !== "visible") return; // the page opens it when it is looked at again
    this.timer = setTimeout(() => this.open(), backoff(this.failures, LONGEST));
  }
}

function parse(data: unknown): Message | null {
  try {
    return JSON.parse(String(data)) as Message;
  } catch {
    return null;
  }
}
