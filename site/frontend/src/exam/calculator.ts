// A pocket calculator beside the question: four operations, square root, sign; it computes step by step as they do.
import { fill, h, say } from "../dom";
import { t } from "./texts";

const KEYS = ["7", "8", "9", "÷", "4", "5", "6", "×", "1", "2", "3", "−", "0", ".", "±", "+", "C", "√", "←", "="];
const DIGITS = 12;

/** What a pocket calculator remembers. */
export interface Reckoning {
  readonly shown: string;
  readonly held: number | null;
  readonly operation: string;
  readonly fresh: boolean; // the next digit begins a new number
}

export const CLEARED: Reckoning = { shown: "0", held: null, operation: "", fresh: true };

/** Return what one key makes of it. */
export function press(was: Reckoning, key: string): Reckoning {
  if (/^\d$/.test(key)) return digit(was, key);
  switch (key) {
    case ".":
      if (was.fresh) return { ...was, shown: "0.", fresh: false };
      return was.shown.includes(".") ? was : { ...was, shown: `${was.shown}.` };
    case "±":
      return Number(was.shown) === 0 ? was : { ...was, shown: was.shown.startsWith("-") ? was.shown.slice(1) : `-${was.shown}` };
    case "√":
      return { ...was, shown: written(Math.sqrt(Number(was.shown))), fresh: true };
    case "←":
      return was.fresh ? was : { ...was, shown: was.shown.slice(0, -1).replace(/^-?$/, "0") };
    case "C":
      return CLEARED;
    case "=":
      return { ...CLEARED, shown: was.operation ? written(result(was)) : was.shown };
    default:
      return { shown: was.shown, held: was.operation && !was.fresh ? result(was) : Number(was.shown), operation: key, fresh: true };
  }
}

function digit(was: Reckoning, key: string): Reckoning {
  if (was.fresh) return { ...was, shown: key, fresh: false };
  if (was.shown.replace(/\D/g, "").length >= DIGITS) return was;
  return { ...was, shown: was.shown === "0" ? key : was.shown + key };
}

function result({ held, operation, shown }: Reckoning): number {
  const [left, right] = [held ?? 0, Number(shown)];
  if (operation === "+") return left + right;
  if (operation === "−") return left - right;
  return operation === "×" ? left * right : left / right;
}

function written(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : "E";
}

export function calculator(): HTMLElement {
  let state = CLEARED;
  const display = h("output", { class: "calc-display", "aria-live": "polite" }, state.shown);
  const keys = KEYS.map((key) =>
    h("button", { type: "button", class: "calc-key", click: () => say(display, (state = press(state, key)).shown) }, key),
  );
  const pad = h("div", { class: "calc-pad" });
  fill(pad, ...keys);
  return h("details", { class: "exam-calculator" }, h("summary", {}, t("calculator")), display, pad);
}
