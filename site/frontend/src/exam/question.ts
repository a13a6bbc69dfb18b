// One question on the screen: its case, its stem, the field for its answer, its marks, and its keys.
import { fill, h, say } from "../dom";
import { fieldFor, type Field } from "./fields/field";
import { mediaOf } from "./media";
import { t } from "./texts";
import type { Answer, Question } from "./types";

export interface QuestionActions {
  choose(slot: number, response: string): void;
  mark(slot: number, marked: boolean): void;
  step(by: 1 | -1): void;
  media(id: number): string;
}

export class QuestionPanel {
  readonly node = h("section", { class: "exam-question", tabindex: "-1", "aria-labelledby": "exam-number" });
  private question: Question | null = null;
  private field: Field | null = null;
  private answer: Answer | undefined;
  private locked = false;
  private readonly heading = h("h2", { id: "exam-number", class: "exam-number", tabindex: "-1" });
  private readonly situation = h("div", { class: "exam-case" });
  private readonly options = h("fieldset", { class: "exam-options" });
  private readonly marker = quiet(() => this.toggleMark());
  private readonly clearer = quiet(() => this.choose(""), t("clear"));

  constructor(private readonly actions: QuestionActions) {
    const extra = h("div", { class: "exam-extra" }, this.marker, this.clearer);
    fill(this.node, this.heading, this.situation, this.options, extra, h("p", { class: "meta exam-keys" }, t("keys")));
    this.node.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Show a question, or bring the one on the screen up to date. */
  show(question: Question, number: number, total: number, answer: Answer | undefined, locked: boolean): void {
    if (question !== this.question) this.build(question, number, total);
    this.answer = answer;
    this.locked = locked;
    this.field?.show(answer?.response ?? "", locked);
    this.options.disabled = this.marker.disabled = locked;
    this.clearer.disabled = locked || !answer?.response;
    this.marker.setAttribute("aria-pressed", String(answer?.marked ?? false));
    say(this.marker, `⚑ ${t(answer?.marked ? "marked" : "mark")}`);
  }

  /** Bring the reader to the question. */
  focus(): void {
    this.heading.focus();
  }

  /** Tell what was typed and not told yet: the question is left, or the paper handed in. */
  flush(): void {
    this.field?.flush();
  }

  private build(question: Question, number: number, total: number): void {
    this.flush();
    this.question = question;
    const { slot } = question;
    this.field = fieldFor(question, (response) => this.respond(slot, response));
    say(this.heading, `${t("number", { n: number, total })} · ${t(question.kind)} · ${t("worth", { marks: question.marks })}`);
    this.situation.hidden = !question.case;
    if (this.situation.textContent !== question.case) fill(this.situation, h("p", {}, question.case));
    const legend = h("legend", { class: "exam-stem" }, question.stem);
    const media = mediaOf(question.media, (id) => this.actions.media(id));
    fill(this.options, legend, ...(media ? [media] : []), this.field.node);
  }

  private respond(slot: number, response: string): void {
    if (!this.locked) this.actions.choose(slot, response);
  }

  private choose(response: string): void {
    if (this.question) this.respond(this.question.slot, response);
  }

  private toggleMark(): void {
    if (this.question) this.actions.mark(this.question.slot, !this.answer?.marked);
  }

  /** Left and right change the question, other keys are the field's; whoever types in a blank or a list keeps them all. */
  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.question || types(event.target)) return;
    if (event.key === "ArrowLeft") this.actions.step(-1);
    else if (event.key === "ArrowRight") this.actions.step(1);
    else if (event.key === "ArrowDown" && event.target !== this.heading) return;
    else if (!this.field?.key(event.key)) return;
    event.preventDefault();
  }
}

function types(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input[type=text], select, textarea, video");
}

function quiet(click: () => void, text = ""): HTMLButtonElement {
  return h("button", { type: "button", class: "button button--quiet", click }, text);
}
