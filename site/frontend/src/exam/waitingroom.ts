// Asks the server every few seconds whether the exam has begun; between the answers only the countdown moves.
import { fill, h, say } from "../dom";
import { speaker } from "../i18n";

const t = speaker({
  opensIn: ["距离开考还有 {time}", "距離開考還有 {time}", "The sitting opens in {time}"],
});

const EVERY = 3000;
const SPREAD = 1000; // so that a room full of pages does not ask in the same moment

interface Waiting {
  status: string;
  seconds_to_opening: number;
  reasons: string[];
}

export class WaitingRoom {
  private opensAt = 0;
  private timers: ReturnType<typeof setTimeout>[] = [];

  constructor(
    private readonly place: HTMLElement,
    private readonly fetcher: typeof fetch = (...call) => fetch(...call),
    private readonly goTo: (url: string) => void = (url) => location.replace(url),
  ) {}

  /** Ask now, and again until the exam has begun. */
  open(): void {
    this.timers.push(setInterval(() => this.tick(), 1000));
    void this.again();
  }

  /** Stop asking. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async again(): Promise<void> {
    if (await this.ask()) return this.close();
    this.timers[1] = setTimeout(() => void this.again(), EVERY + Math.random() * SPREAD);
  }

  /** Ask once, and say whether waiting is over. */
  async ask(): Promise<boolean> {
    try {
      const response = await this.fetcher(this.place.dataset.waitingRoom ?? "", { credentials: "same-origin" });
      if (!response.ok) return false;
      const now = (await response.json()) as Waiting;
      if (now.status !== "scheduled") {
        this.goTo(this.place.dataset.runnerUrl ?? "");
        return true;
      }
      this.opensAt = performance.now() + 1000 * now.seconds_to_opening;
      this.tick();
      this.show(now.reasons);
    } catch {
      // the network is down; the next time asks again
    }
    return false;
  }

  private show(reasons: string[]): void {
    const list = this.place.querySelector<HTMLElement>("[data-reasons]");
    if (!list || [...list.children].map((item) => item.textContent).join("\n") === reasons.join("\n")) return;
    fill(list, ...reasons.map((reason) => h("li", {}, reason)));
    list.hidden = reasons.length === 0;
  }

  private tick(): void {
    const countdown = this.place.querySelector<HTMLElement>("[data-countdown]");
    if (!countdown) return;
    const left = Math.max(0, Math.ceil((this.opensAt - performance.now()) / 1000));
    countdown.hidden = left === 0;
    say(countdown, t("opensIn", { time: clockface(left) }));
  }
}

/** Return seconds as 1:02:03 or 02:03. */
export function clockface(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
}
