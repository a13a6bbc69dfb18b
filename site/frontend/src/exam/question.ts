// One question on the screen: its stem, its options as a radio group, its marks, and its keys.
import { fill, h, say } from "../dom";
import { t } from "./texts";
import type { Answer, Question } from "./types";

export interface QuestionActions {
  choose(slot: number, letter: string): void;
  mark(slot: number, marked: boolean): void;
  step(by: 1 | -1): void;
}

export class QuestionPanel {
  readonly node = h("section", { class: "exam-question", tabindex: "-1", "aria-labelledby": "exam-number" });
  private question: Question | null = null;
  private answer: Answer | undefined;
  private locked = false;
  private readonly heading = h("h2", { id: "exam-number", class: "exam-number", tabindex: "-1" });
  private readonly options = h("fieldset", { class: "exam-options" });
  private readonly marker = quiet(() => this.toggleMark());
  private readonly clearer = quiet(() => this.choose(""), t("clear"));

  constructor(private readonly actions: QuestionActions) {
    const extra = h("div", { class: "exam-extra" }, this.marker, this.clearer);
    fill(this.node, this.heading, this.options, extra, h("p", { class: "meta exam-keys" }, t("keys")));
    this.node.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Show a question, or bring the one on the screen up to date. */
  show(question: Question, number: number, total: number, answer: Answer | undefined, locked: boolean): void {
    if (question !== this.question) this.build(question, number, total);
    this.answer = answer;
    this.locked = locked;
    for (const radio of this.radios()) radio.checked = radio.value === answer?.response;
    this.options.disabled = this.marker.disabled = locked;
    this.clearer.disabled = locked || !answer?.response;
    this.marker.setAttribute("aria-pressed", String(answer?.marked ?? false));
    say(this.marker, `⚑ ${t(answer?.marked ? "marked" : "mark")}`);
  }

  /** Bring the reader to the question. */
  focus(): void {
    this.heading.focus();
  }

  private build(question: Question, number: number, total: number): void {
    this.question = question;
    say(this.heading, `${t("number", { n: number, total })} · ${t(question.kind)}`);
    const legend = h("legend", { class: "exam-stem" }, question.stem);
    fill(this.options, legend, ...question.options.map(({ letter, text }) => this.option(question, letter, text)));
  }

  private option(question: Question, letter: string, text: string): HTMLLabelElement {
    const change = () => this.choose(letter);
    const radio = h("input", { type: "radio", name: `slot-${question.slot}`, value: letter, change });
    const sign = h("span", { class: "exam-letter", "aria-hidden": "true" }, letter);
    return h("label", { class: "exam-option" }, radio, sign, h("span", {}, text));
  }

  private radios(): NodeListOf<HTMLInputElement> {
    return this.options.querySelectorAll<HTMLInputElement>("input");
  }

  private choose(letter: string): void {
    if (this.question && !this.locked) this.actions.choose(this.question.slot, letter);
  }

  private toggleMark(): void {
    if (this.question) this.actions.mark(this.question.slot, !this.answer?.marked);
  }

  /** Letters and digits choose, left and right change the question; up and down stay with the radio group. */
  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.question) return;
    if (event.key === "ArrowLeft") this.actions.step(-1);
    else if (event.key === "ArrowRight") this.actions.step(1);
    else if (event.key === "ArrowDown" && event.target === this.heading) this.radios()[0]?.focus();
    else if (!this.chooseByKey(event.key)) return;
    event.preventDefault();
  }

  private chooseByKey(key: string): boolean {
    const radios = [...this.radios()];
    const radio = radios[Number(key) - 1] ?? radios.find(({ value }) => value === key.toUpperCase());
    if (!radio) return false;
    radio.focus();
    this.choose(radio.value);
    return true;
  }
}

function quiet(click: () => void, text = ""): HTMLButtonElement {
  return h("button", { type: "button", class: "button button--quiet", click }, text);
}
