// What this page notices of its surroundings: told to the server in batches, never a reason to stop anybody.
import type { Noticed } from "./types";

const SEND_EVERY = 10_000;
const MOST = 20;

export class Watcher {
  private events: Noticed[] = [];
  private away: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly send: (events: Noticed[]) => Promise<unknown>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Watch the page until it ends; `channel` names the attempt, for a second tab of it. */
  watch(channel: string, fullScreen: boolean): void {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.left() : this.back()));
    addEventListener("blur", () => this.left());
    addEventListener("focus", () => this.back());
    document.addEventListener("copy", () => this.note({ kind: "copy" }));
    document.addEventListener("paste", () => this.note({ kind: "paste" }));
    if (fullScreen) {
      document.addEventListener("fullscreenchange", () => {
        if (!document.fullscreenElement) this.note({ kind: "full_screen_left" });
      });
    }
    if (typeof BroadcastChannel === "function") {
      const others = new BroadcastChannel(`exam-${channel}`);
      others.onmessage = () => this.note({ kind: "second_tab" });
      others.postMessage("opened");
    }
  }

  note(event: Noticed): void {
    if (this.events.length < MOST) this.events.push(event);
    this.timer ??= setTimeout(() => void this.flush(), SEND_EVERY);
  }

  private left(): void {
    this.away ??= this.now();
  }

  private back(): void {
    if (this.away === null || document.hidden) return;
    const seconds = Math.round((this.now() - this.away) / 1000);
    this.away = null;
    if (seconds >= 1) this.note({ kind: "focus_lost", seconds });
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    const events = this.events.splice(0);
    if (events.length) await this.send(events);
  }
}
