// The page around the question: time and saving state on top, loud notices, the map, previous and next.
import { fill, h, say } from "../dom";
import { calculator } from "./calculator";
import { CheckPanel } from "./check";
import { written } from "./clock";
import type { Step } from "./handin";
import { QuestionMap } from "./map";
import { QuestionPanel } from "./question";
import type { ExamState } from "./state";
import type { Halt, Link } from "./sync";
import { t } from "./texts";
import type { Message } from "./types";

/** Everything beside the answers that decides what the page shows. */
export interface Situation {
  screen: "question" | "check";
  link: Link;
  halt: Halt | null;
  durable: boolean;
  unsent: number;
  refused: number[]; // numbers as the candidate sees them
  step: Step | null;
  timeUp: boolean;
  paused: boolean;
  messages: readonly Message[];
  sealable: boolean; // unsent answers, no network, and a browser that can seal them
}

export interface Actions {
  choose(slot: number, letter: string): void;
  mark(slot: number, marked: boolean): void;
  go(index: number): void;
  check(): void;
  back(): void;
  handIn(): void;
  reopen(): void;
  understood(id: number): void;
  emergency(): void;
  media(id: number): string;
}

export class View {
  private state: ExamState | null = null;
  private screen: "question" | "check" | null = null;
  private notices = "";
  private speaking: ReturnType<typeof setTimeout> | undefined;
  private readonly timer = h("span", { class: "exam-timer", role: "timer", "aria-label": t("timeLeft") });
  private readonly link = h("span", { class: "exam-link" });
  private readonly bar = h("div", { class: "exam-bar" }, this.link, this.timer);
  private readonly banner = h("div", { class: "exam-banner", role: "alert" });
  private readonly spoken = h("p", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  private readonly body = h("div", { class: "exam-body" });
  private readonly toolbox = h("div", { class: "exam-tools" });
  private readonly question: QuestionPanel;
  private readonly check: CheckPanel;
  private readonly map: QuestionMap;
  private readonly previous: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private readonly foot: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly actions: Actions,
    private readonly loginUrl: string,
  ) {
    const step = (by: 1 | -1) => this.step(by);
    this.question = new QuestionPanel({ choose: actions.choose, mark: actions.mark, step, media: actions.media });
    this.check = new CheckPanel({ go: actions.go, back: actions.back, handIn: actions.handIn });
    this.map = new QuestionMap((index) => this.go(index), () => actions.check());
    this.previous = h("button", { type: "button", class: "button", click: () => step(-1) }, t("previous"));
    this.next = h("button", { type: "button", class: "button button--main", click: () => step(1) });
    this.foot = h("div", { class: "exam-foot" }, this.previous, this.map.toggle, this.next);
  }

  /** Show the attempt as it stands. */
  render(state: ExamState, situation: Situation): void {
    const moved = this.state?.at !== state.at || this.screen !== situation.screen;
    const first = !this.root.contains(this.body);
    if (first) fill(this.root, this.bar, this.banner, this.spoken, this.body, this.toolbox);
    this.state = state;
    this.showLink(situation);
    this.showNotices(situation);
    this.map.show(state);
    if (situation.screen === "check") this.showCheck(state, situation);
    else this.showQuestion(state, situation);
    if (moved && !first) (situation.screen === "check" ? this.check : this.question).focus();
  }

  /** Write the time left. */
  time(seconds: number): void {
    say(this.timer, written(seconds));
    this.timer.classList.toggle("is-low", seconds <= 600);
    this.timer.classList.toggle("is-last", seconds <= 60);
  }

  /** Tell what was typed and not told yet. */
  flush(): void {
    this.question.flush();
  }

  /** Offer what this sitting allows. */
  tools({ calculator: allowed, fullScreen }: { calculator: boolean; fullScreen: boolean }): void {
    const wanted = [...(allowed ? [calculator()] : []), ...(fullScreen && canFill() ? [filler()] : [])];
    if (!this.toolbox.childElementCount) fill(this.toolbox, ...wanted);
  }

  /** Tell those who listen instead of look. */
  announce(text: string): void {
    say(this.spoken, text);
  }

  /** Replace everything by a last screen. */
  end(screen: HTMLElement): void {
    fill(this.root, screen);
    screen.querySelector<HTMLElement>("h2")?.focus();
  }

  private go(index: number): void {
    this.actions.go(index);
    this.question.focus();
  }

  private step(by: 1 | -1): void {
    if (!this.state) return;
    const at = this.state.at + by;
    if (at === this.state.questions.length) this.actions.check();
    else this.actions.go(at);
  }

  private showQuestion(state: ExamState, { halt, timeUp, step, paused }: Situation): void {
    const question = state.questions[state.at];
    if (!question) return;
    const locked = halt !== null || timeUp || paused || step === "submitting";
    this.question.show(question, state.at + 1, state.questions.length, state.answers[question.slot], locked);
    this.previous.disabled = state.at === 0;
    say(this.next, t(state.at + 1 === state.questions.length ? "review" : "next"));
    if (this.screen !== "question") fill(this.body, this.question.node, this.map.node, this.foot);
    this.screen = "question";
  }

  private showCheck(state: ExamState, { step, refused, timeUp }: Situation): void {
    this.check.show(state, step, refused.length > 0, timeUp);
    if (this.screen !== "check") fill(this.body, this.check.node);
    this.map.open(false);
    this.screen = "check";
  }

  private showLink({ link, halt, unsent }: Situation): void {
    const key = link !== "up" ? "offline" : halt ? "stopped" : unsent ? "saving" : "saved";
    if (this.link.classList.contains(`is-${key}`)) return;
    this.link.className = `exam-link is-${key}`;
    say(this.link, t(key));
    clearTimeout(this.speaking); // every answer is "saving" for a moment: speak only of what lasts
    this.speaking = setTimeout(() => this.announce(t(key)), 1500);
  }

  private showNotices(situation: Situation): void {
    const nodes = notices(situation, this.actions, this.loginUrl);
    const now = nodes.map((node) => node.textContent).join("|");
    if (now === this.notices) return; // an alert repeats itself when it is rebuilt
    this.notices = now;
    fill(this.banner, ...nodes);
  }
}

function notices(situation: Situation, actions: Actions, loginUrl: string): HTMLElement[] {
  const { link, halt, durable, refused, timeUp, paused, messages, sealable } = situation;
  const loud = (text: string, ...more: HTMLElement[]) =>
    h("div", { class: "notice notice--danger" }, h("p", {}, text), ...more);
  const press = (text: string, click: () => void) => h("button", { type: "button", class: "button", click }, text);
  const said = messages.map(({ id, text }) =>
    h("div", { class: "notice" }, h("p", {}, t("fromInvigilator", { text })), press(t("understood"), () => actions.understood(id))),
  );
  const found: HTMLElement[] = [...said];
  if (paused) found.push(h("div", { class: "notice" }, h("p", {}, t("paused"))));
  if (halt === "lease") {
    found.push(loud(t("lease"), press(t("reopen"), actions.reopen)));
  } else if (timeUp) found.push(loud(t("timeUp")));
  if (link === "login") found.push(loud(t("login"), h("a", { class: "button", href: loginUrl }, t("toLogin"))));
  if (link === "down") {
    const file = sealable ? [h("p", {}, t("emergencyNote")), press(t("emergency"), actions.emergency)] : [];
    found.push(loud(t(durable ? "offlineKept" : "offlineMemory"), ...file));
  }
  if (refused.length) found.push(loud(t("refused", { list: refused.join(t("listSeparator")) })));
  return found;
}

const canFill = () => typeof document.documentElement.requestFullscreen === "function";

function filler(): HTMLElement {
  const click = () => void document.documentElement.requestFullscreen().catch(() => {}); // a browser may refuse
  return h("button", { type: "button", class: "button button--quiet", click }, t("fullScreen"));
}
