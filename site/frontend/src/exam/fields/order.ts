// Steps to put in order: each moves up or down by a button, with a finger as with a key.
import { h, say } from "../../dom";
import { t } from "../texts";
import type { Question } from "../types";
import type { Field, Respond } from "./field";

export class OrderField implements Field {
  readonly node = h("div", { class: "exam-order" });
  private readonly list = h("ol", { class: "exam-steps" });
  private readonly status = h("p", { class: "visually-hidden", role: "status" });
  private readonly rows = new Map<string, HTMLLIElement>();
  private order: string[];
  private locked = false;

  constructor(
    question: Question,
    private readonly respond: Respond,
  ) {
    this.order = question.options.map(({ letter }) => letter);
    for (const { letter, text } of question.options) this.rows.set(letter, this.row(letter, text));
    const keep = h("button", { type: "button", class: "button button--quiet", click: () => this.tell() }, t("orderIsRight"));
    this.node.append(h("p", { class: "meta" }, t("orderHint")), this.list, keep, this.status);
    this.paint();
  }

  show(response: string, locked: boolean): void {
    this.locked = locked;
    if (response.length === this.rows.size && response !== this.order.join("")) this.order = [...response];
    this.node.classList.toggle("is-given", response !== "");
    this.paint();
  }

  key(key: string): boolean {
    if (key !== "ArrowDown" || this.node.contains(document.activeElement)) return false;
    this.node.querySelector<HTMLElement>("button:not([disabled])")?.focus();
    return true;
  }

  flush(): void {}

  private row(letter: string, text: string): HTMLLIElement {
    const mover = (by: 1 | -1, sign: string, name: "stepUp" | "stepDown") =>
      h(
        "button",
        { type: "button", class: "exam-mover", "aria-label": t(name, { text }), click: () => this.move(letter, by) },
        sign,
      );
    const buttons = h("span", { class: "exam-movers" }, mover(-1, "↑", "stepUp"), mover(1, "↓", "stepDown"));
    return h("li", { class: "exam-step" }, h("span", { class: "exam-step-text" }, text), buttons);
  }

  private move(letter: string, by: 1 | -1): void {
    const from = this.order.indexOf(letter);
    const to = from + by;
    if (this.locked || to < 0 || to >= this.order.length) return;
    this.order.splice(from, 1);
    this.order.splice(to, 0, letter);
    const pressed = document.activeElement as HTMLButtonElement | null;
    this.paint();
    if (pressed?.disabled) this.rows.get(letter)?.querySelector<HTMLButtonElement>("button:not([disabled])")?.focus();
    else pressed?.focus();
    say(this.status, t("stepAt", { n: to + 1 }));
    this.tell();
  }

  private paint(): void {
    const rows = this.order.map((letter) => this.rows.get(letter)!);
    if (rows.some((row, index) => this.list.children[index] !== row)) this.list.replaceChildren(...rows);
    rows.forEach((row, index) => {
      const [up, down] = row.querySelectorAll("button");
      up!.disabled = this.locked || index === 0;
      down!.disabled = this.locked || index === rows.length - 1;
    });
  }

  private tell(): void {
    if (!this.locked) this.respond(this.order.join(""));
  }
}
