// One option of several, or several: radios or boxes, by letter.
import { h } from "../../dom";
import type { Question } from "../types";
import type { Field, Respond } from "./field";

export class ChoiceField implements Field {
  readonly node = h("div", { class: "exam-choices" });
  private readonly several: boolean;
  private locked = false;

  constructor(
    private readonly question: Question,
    private readonly respond: Respond,
  ) {
    this.several = question.kind === "multiple_choice";
    for (const { letter, text } of question.options) this.node.append(this.option(letter, text));
  }

  show(response: string, locked: boolean): void {
    this.locked = locked;
    for (const input of this.inputs()) input.checked = response.includes(input.value);
  }

  /** Letters and digits choose; down from the heading goes to the first option. */
  key(key: string): boolean {
    const inputs = this.inputs();
    const input = inputs[Number(key) - 1] ?? inputs.find(({ value }) => value === key.toUpperCase());
    if (key === "ArrowDown" && !this.node.contains(document.activeElement)) inputs[0]?.focus();
    else if (!input || key === "") return false;
    else {
      input.focus();
      if (!this.locked) {
        input.checked = this.several ? !input.checked : true;
        this.tell();
      }
    }
    return true;
  }

  flush(): void {}

  private option(letter: string, text: string): HTMLLabelElement {
    const name = `slot-${this.question.slot}`;
    const change = () => this.tell();
    const input = h("input", { type: this.several ? "checkbox" : "radio", name, value: letter, change });
    const sign = h("span", { class: "exam-letter", "aria-hidden": "true" }, letter);
    return h("label", { class: "exam-option" }, input, sign, h("span", {}, text));
  }

  private inputs(): HTMLInputElement[] {
    return [...this.node.querySelectorAll("input")];
  }

  private tell(): void {
    if (this.locked) return;
    this.respond(this.inputs().filter(({ checked }) => checked).map(({ value }) => value).join(""));
  }
}
