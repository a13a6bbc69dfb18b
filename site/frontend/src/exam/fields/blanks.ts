// Blanks to fill in: told a moment after the last key, and at once when the blank is left.
import { h } from "../../dom";
import { t } from "../texts";
import type { Question } from "../types";
import type { Field, Respond } from "./field";

const QUIET = 400; // ms without a key
const LONGEST = 100; // characters, as the server takes

export class BlanksField implements Field {
  readonly node = h("div", { class: "exam-blanks" });
  private readonly inputs: HTMLInputElement[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    question: Question,
    private readonly respond: Respond,
  ) {
    this.inputs = Array.from({ length: question.width }, (_, index) => this.blank(index, question.width));
  }

  show(response: string, locked: boolean): void {
    const texts = written(response);
    this.inputs.forEach((input, index) => {
      const told = texts[index] ?? "";
      if (this.timer === undefined && input.value !== told) input.value = told; // never under the fingers of who types
      input.readOnly = locked;
    });
  }

  key(key: string): boolean {
    if (key !== "ArrowDown" || this.node.contains(document.activeElement)) return false;
    this.inputs[0]?.focus();
    return true;
  }

  flush(): void {
    if (this.timer !== undefined) this.tell();
  }

  private blank(index: number, count: number): HTMLInputElement {
    const input = h("input", {
      type: "text",
      class: "exam-blank",
      maxlength: String(LONGEST),
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      input: (event) => {
        if (!(event as InputEvent).isComposing) this.soon();
      },
      compositionend: () => this.soon(),
      blur: () => this.flush(),
    });
    const name = count === 1 ? t("blank") : t("blankNumber", { n: index + 1 });
    this.node.append(h("label", { class: "exam-blank-label" }, h("span", {}, name), input));
    return input;
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), QUIET);
  }

  private tell(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const texts = this.inputs.map(({ value }) => value);
    this.respond(texts.some((text) => text.trim()) ? JSON.stringify(texts) : "");
  }
}

function written(response: string): string[] {
  try {
    const texts: unknown = JSON.parse(response || "[]");
    return Array.isArray(texts) ? texts.map(String) : [];
  } catch {
    return [];
  }
}
