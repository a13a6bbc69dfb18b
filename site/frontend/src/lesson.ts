// The lesson page: study time is counted while the lesson is in sight, and a video only while it plays.
import { h, say } from "./dom";
import { speaker } from "./i18n";

const EVERY = 15; // seconds, unless the page says otherwise

const t = speaker({
  paused: [
    "网络断开，学时暂停累计，恢复后继续。",
    "網絡斷開，學時暫停累計，恢復後繼續。",
    "The network is down. Study time is not counted until it is back.",
  ],
  login: [
    "登录已失效，学时不再累计。请重新登录。",
    "登錄已失效，學時不再累計。請重新登錄。",
    "You have been logged out. Study time is not counted. Log in again.",
  ],
  completed: ["本课学时已修满。", "本課學時已修滿。", "You have the study time of this lesson."],
});

interface Credit {
  credited: number;
  required: number;
  completed: boolean;
}

export class Lesson {
  private timer: ReturnType<typeof setInterval> | undefined;
  private over = false;
  private readonly video: HTMLVideoElement | null;
  private readonly state = h("p", { class: "meta", role: "status" });

  constructor(
    private readonly root: HTMLElement,
    private readonly fetcher: typeof fetch = (...call) => fetch(...call),
  ) {
    this.video = root.dataset.kind === "video" ? root.querySelector("video") : null;
    const bar = root.querySelector("progress");
    if (bar) bar.after(this.state);
    else root.append(this.state);
    for (const event of ["play", "pause", "ended"]) this.video?.addEventListener(event, () => this.follow());
    document.addEventListener("visibilitychange", () => this.follow());
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.follow();
    });
    this.follow();
  }

  /** Count while there is something to count. */
  private follow(): void {
    const watching = !this.video || !(this.video.paused || this.video.ended);
    if (this.over || !watching || document.visibilityState !== "visible") return this.stop();
    if (this.timer !== undefined) return;
    this.timer = setInterval(() => void this.beat(), 1000 * Number(this.root.dataset.beatEvery || EVERY));
    void this.beat();
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private end(): void {
    this.over = true;
    this.stop();
  }

  private async beat(): Promise<void> {
    try {
      const response = await this.fetcher(this.root.dataset.beatUrl ?? "", {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.root.dataset.csrf ?? "" },
        credentials: "same-origin",
      });
      const isJson = /json/.test(response.headers.get("content-type") ?? "");
      if (response.ok && isJson) this.show((await response.json()) as Credit);
      else if (response.status === 409) this.end(); // the course does not ask for this lesson
      else say(this.state, t(response.ok || response.status === 403 ? "login" : "paused"));
    } catch {
      say(this.state, t("paused"));
    }
  }

  private show({ credited, required, completed }: Credit): void {
    const shown = Math.min(credited, required);
    this.root.querySelectorAll("[data-credited]").forEach((place) => say(place, String(shown)));
    for (const bar of this.root.querySelectorAll("progress")) {
      bar.max = required || 1;
      bar.value = required ? shown : 1;
    }
    say(this.state, completed ? t("completed") : "");
    if (!completed) return;
    this.end();
    document.querySelectorAll<HTMLElement>("[data-next]").forEach(enable);
  }
}

/** Open the way to the next lesson. */
function enable(next: HTMLElement): void {
  next.removeAttribute("disabled");
  next.removeAttribute("aria-disabled");
}

const root = document.getElementById("lesson");
if (root) new Lesson(root);
