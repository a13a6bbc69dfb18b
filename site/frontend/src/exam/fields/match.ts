// Left sides, each with a list of right sides to choose from: the phone's own picker does the rest.
import { h } from "../../dom";
import { t } from "../texts";
import type { Question } from "../types";
import type { Field, Respond } from "./field";

const NOTHING = "-";

export class MatchField implements Field {
  readonly node = h("div", { class: "exam-match" });
  private readonly selects: HTMLSelectElement[];

  constructor(
    private readonly question: Question,
    private readonly respond: Respond,
  ) {
    this.selects = question.lefts.map((left) => this.row(left));
  }

  show(response: string, locked: boolean): void {
    this.selects.forEach((select, index) => {
      select.value = response[index] ?? NOTHING;
      select.disabled = locked;
    });
  }

  key(key: string): boolean {
    if (key !== "ArrowDown" || this.node.contains(document.activeElement)) return false;
    this.selects[0]?.focus();
    return true;
  }

  flush(): void {}

  private row(left: string): HTMLSelectElement {
    const select = h("select", { class: "exam-right", change: () => this.tell() });
    select.append(h("option", { value: NOTHING }, t("chooseMatch")));
    for (const { letter, text } of this.question.options) select.append(h("option", { value: letter }, text));
    this.node.append(h("label", { class: "exam-pair" }, h("span", { class: "exam-left" }, left), select));
    return select;
  }

  private tell(): void {
    const letters = this.selects.map(({ value }) => value).join("");
    this.respond(/^-*$/.test(letters) ? "" : letters);
  }
}
