// The panel in front of the grid: one act's form, one candidate's card, or a tool such as the check-in.
import { fill, h, say } from "../dom";
import type { Act, Field } from "./acts";
import type { ConsoleApi } from "./api";
import { t } from "./texts";

export class Panel {
  readonly element = h("dialog", { class: "panel", "aria-labelledby": "panel-title", close: () => this.closed() });
  private onClose: () => void = () => undefined;

  constructor(
    private readonly api: ConsoleApi,
    private readonly done: (message: string) => void,
  ) {}

  /** Show `content` under a title; `onClose` runs however it is closed. */
  open(title: string, content: Node[], onClose: () => void = () => undefined): void {
    this.onClose();
    this.onClose = onClose;
    const close = h("button", { type: "button", class: "button button--quiet", click: () => this.close() }, t("close"));
    const head = h("div", { class: "panel__head" }, h("h2", { id: "panel-title" }, title), close);
    fill(this.element, head, ...content);
    if (!this.element.open) this.element.showModal();
    this.element.querySelector<HTMLElement>("input, select, .panel__main")?.focus();
  }

  /** Close it; the focus goes back to where it came from. */
  close(): void {
    this.element.close();
  }

  private closed(): void {
    this.onClose();
    this.onClose = () => undefined;
  }

  /** Ask for an act's fields, do it, and say what happened; `of` names the candidate. */
  ask(act: Act, of = ""): void {
    const inputs = act.fields.map((field) => [field, control(field)] as const);
    const trouble = h("p", { class: "notice notice--danger", role: "alert", hidden: true });
    const look = act.danger ? "button panel__main button--danger" : "button button--main panel__main";
    const send = h("button", { type: "submit", class: look }, act.label);
    const cancel = h("button", { type: "button", class: "button", click: () => this.close() }, t("cancel"));
    const submit = async (event: Event) => {
      event.preventDefault();
      send.disabled = true;
      const typed = Object.fromEntries(inputs.map(([field, input]) => [field.name, input.value]));
      const outcome = await this.api.act(act.name, { ...act.fixed, ...typed });
      send.disabled = false;
      if (outcome.ok) {
        this.close();
        return this.done(outcome.message);
      }
      trouble.hidden = false;
      say(trouble, [outcome.message, ...Object.values(outcome.errors).flat()].filter(Boolean).join(" "));
    };
    const rows = inputs.map(([field, input]) => h("div", { class: "field" }, label(field, input), input));
    const note = act.note ? h("p", {}, act.note) : null;
    const buttons = h("div", { class: "row" }, send, cancel);
    this.open(of ? `${act.title} · ${of}` : act.title, [h("form", { class: "stack", submit }, note, ...rows, trouble, buttons)]);
  }
}

function label(field: Field, input: HTMLElement): HTMLLabelElement {
  return h("label", { for: input.id }, field.label);
}

function control(field: Field): HTMLInputElement | HTMLSelectElement {
  const base = { id: `panel-${field.name}`, name: field.name, required: true };
  if (field.kind === "select") {
    return h("select", base, ...(field.options ?? []).map(({ value, label: text }) => h("option", { value }, text)));
  }
  const limits: Record<string, string> = field.kind === "number" ? { min: "1", inputmode: "numeric" } : { maxlength: "300" };
  const input = h("input", { ...base, ...limits, type: field.kind, autocomplete: "off" });
  input.value = field.value ?? "";
  return input;
}
