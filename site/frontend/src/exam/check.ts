// The screen before handing in: what is open, marked or not saved, and how far handing in has come.
import { fill, h, say } from "../dom";
import type { Step } from "./handin";
import { tally, type ExamState } from "./state";
import { t } from "./texts";

export interface CheckActions {
  go(index: number): void;
  back(): void;
  handIn(): void;
}

export class CheckPanel {
  readonly node = h("section", { class: "exam-check stack", "aria-labelledby": "exam-check" });
  private readonly heading = h("h2", { id: "exam-check", tabindex: "-1" }, t("checkTitle"));
  private readonly lists = h("div", { class: "stack" });
  private readonly progress = h("p", { class: "notice", role: "status" });
  private readonly backer: HTMLButtonElement;
  private readonly sender: HTMLButtonElement;
  private shown = "";

  constructor(private readonly actions: CheckActions) {
    this.backer = h("button", { type: "button", class: "button", click: () => actions.back() }, t("back"));
    this.sender = h("button", { type: "button", class: "button button--main", click: () => actions.handIn() });
    const buttons = h("div", { class: "exam-check-buttons" }, this.backer, this.sender);
    fill(this.node, this.heading, this.lists, this.progress, h("p", { class: "meta" }, t("handInNote")), buttons);
  }

  /** Show the counts; `step` is how far handing in has come, `refused` whether the server refused an answer. */
  show(state: ExamState, step: Step | null, refused: boolean, timeUp: boolean): void {
    this.counts(state);
    this.progress.hidden = !step;
    say(this.progress, step ? t(step) : "");
    say(this.sender, t(refused ? "handInAnyway" : "handIn"));
    this.sender.disabled = step !== null;
    this.backer.disabled = timeUp || step === "submitting";
  }

  focus(): void {
    this.heading.focus();
  }

  private counts(state: ExamState): void {
    const { unanswered, marked, unsaved } = tally(state);
    const now = JSON.stringify([unanswered, marked, unsaved]);
    if (now === this.shown) return; // keep the focus where it is
    this.shown = now;
    const total = state.questions.length;
    const list = (key: "openCount" | "markedCount" | "unsavedCount", numbers: number[]) =>
      numbers.length ? [this.list(t(key, { n: numbers.length }), numbers, total)] : [];
    const all = h("p", { class: "notice notice--passed" }, t("allAnswered", { total }));
    const open = unanswered.length ? list("openCount", unanswered) : [all];
    fill(this.lists, ...open, ...list("markedCount", marked), ...list("unsavedCount", unsaved));
  }

  private list(title: string, numbers: number[], total: number): HTMLElement {
    const cells = numbers.map((number) => {
      const label = t("number", { n: number, total });
      const click = () => this.actions.go(number - 1);
      const attributes = { type: "button", class: "exam-cell", "aria-label": label, click };
      return h("li", {}, h("button", attributes, String(number)));
    });
    return h("div", {}, h("p", {}, title), h("ol", { class: "exam-cells" }, ...cells));
  }
}
