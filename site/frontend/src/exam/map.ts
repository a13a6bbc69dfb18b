// All questions as a grid: answered, marked, current, not saved yet.
import { fill, h, say } from "../dom";
import { isUnsaved, tally, type ExamState } from "./state";
import { t } from "./texts";

export class QuestionMap {
  readonly node = h("nav", { class: "exam-map", "aria-label": t("map") });
  readonly toggle = h("button", {
    type: "button",
    class: "button button--quiet exam-toggle",
    "aria-expanded": "false",
    click: () => this.open(!this.node.classList.contains("is-open")),
  });
  private readonly grid = h("ol", { class: "exam-cells" });
  private cells: HTMLButtonElement[] = [];

  constructor(
    private readonly go: (index: number) => void,
    check: () => void,
  ) {
    const button = h("button", { type: "button", class: "button", click: check }, t("review"));
    fill(this.node, h("h2", { class: "exam-map-title" }, t("map")), this.grid, legend(), button);
  }

  /** Bring every cell up to date. */
  show(state: ExamState): void {
    if (this.cells.length !== state.questions.length) this.build(state.questions.length);
    this.cells.forEach((cell, index) => paint(cell, state, index));
    say(this.toggle, t("mapProgress", { answered: tally(state).answered, total: state.questions.length }));
  }

  /** Unfold or fold the grid; where there is room it is always in sight. */
  open(open: boolean): void {
    this.node.classList.toggle("is-open", open);
    this.toggle.setAttribute("aria-expanded", String(open));
    if (open) this.grid.querySelector<HTMLElement>("[aria-current]")?.focus();
  }

  private build(count: number): void {
    this.cells = Array.from({ length: count }, (_, index) => {
      const click = () => {
        this.open(false);
        this.go(index);
      };
      return h("button", { type: "button", class: "exam-cell", click }, String(index + 1));
    });
    fill(this.grid, ...this.cells.map((cell) => h("li", {}, cell)));
  }
}

function paint(cell: HTMLButtonElement, state: ExamState, index: number): void {
  const slot = state.questions[index]?.slot ?? 0;
  const answer = state.answers[slot];
  const is = {
    "is-answered": !!answer?.response,
    "is-marked": !!answer?.marked,
    "is-unsaved": isUnsaved(state, slot),
    "is-current": index === state.at,
  };
  for (const [name, on] of Object.entries(is)) cell.classList.toggle(name, on);
  const states = [t(is["is-answered"] ? "isAnswered" : "isOpen")];
  if (is["is-marked"]) states.push(t("isMarked"));
  if (is["is-unsaved"]) states.push(t("isUnsaved"));
  cell.setAttribute("aria-label", t("cell", { n: index + 1, states: states.join(t("listSeparator")) }));
  if (is["is-current"]) cell.setAttribute("aria-current", "true");
  else cell.removeAttribute("aria-current");
}

/** What the looks of a cell mean, for those who see them. */
function legend(): HTMLElement {
  const item = (look: string, text: string) =>
    h("li", {}, h("span", { class: `exam-cell exam-cell--sample ${look}`, "aria-hidden": "true" }), text);
  return h(
    "ul",
    { class: "exam-legend meta" },
    item("is-answered", t("isAnswered")),
    item("", t("isOpen")),
    item("is-marked", t("isMarked")),
    item("is-unsaved", t("isUnsaved")),
    item("is-current", t("isCurrent")),
  );
}
