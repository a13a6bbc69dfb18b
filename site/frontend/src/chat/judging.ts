// Did the answer help? Kept at once, changed at will; where it did not, why.
import { fill, h } from "../dom";
import type { ChatApi } from "./api";
import { t } from "./later-texts";
import type { Answer } from "./types";

const REASONS = ["wrong", "elsewhere", "unclear", "partly", "other"] as const;

export interface Judgement {
  helped: boolean | null;
  complaint: string;
}

/** Return the row of an answer; `said` is what was said of it before. */
export function judging(api: ChatApi, answer: Answer, said: Judgement = { helped: null, complaint: "" }): HTMLElement {
  let now = said;
  const state = h("span", { class: "meta", role: "status" });
  const row = h("div", { class: "chat-judging" });
  const why = h("div", { class: "chat-judging__why", role: "group", "aria-label": t("why") });

  const say = async (next: Judgement) => {
    const before = now;
    now = next;
    draw();
    try {
      await api.call(`answers/${answer.id}/judgement`, { conversation: answer.conversation, ...next });
      state.textContent = next.helped === null ? "" : t("thanks");
    } catch {
      now = before;
      draw();
      state.textContent = t("unsaid");
    }
  };
  const thumb = (helped: boolean) =>
    h(
      "button",
      {
        type: "button",
        class: "button button--quiet",
        "aria-pressed": String(now.helped === helped),
        click: () => void say({ helped: now.helped === helped ? null : helped, complaint: "" }),
      },
      t(helped ? "helped" : "unhelped"),
    );
  const reason = (complaint: (typeof REASONS)[number]) =>
    h(
      "button",
      {
        type: "button",
        class: "button button--quiet",
        "aria-pressed": String(now.complaint === complaint),
        click: () => void say({ helped: false, complaint }),
      },
      t(complaint),
    );
  const draw = () => {
    const focused = [...row.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
    fill(why, ...(now.helped === false ? REASONS.map(reason) : []));
    fill(row, thumb(true), thumb(false), why, state);
    if (focused >= 0) row.querySelectorAll("button")[focused]?.focus();
  };
  draw();
  return row;
}
