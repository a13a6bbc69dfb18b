// Taking in an emergency file: first a look into it, then, if the invigilator says so, for good.
import { fill, h } from "../dom";
import type { ConsoleApi } from "./api";
import type { Panel } from "./panel";
import { t } from "./texts";

/** Open the panel for it. */
export function openEmergency(panel: Panel, api: ConsoleApi, done: (message: string) => void): void {
  const input = h("input", { id: "panel-file", type: "file", accept: ".json,application/json", required: true, change: () => look() });
  const found = h("div", { class: "stack", "aria-live": "polite" });
  const look = () => void send(false);
  const send = async (apply: boolean) => {
    const file = input.files?.[0];
    if (!file) return;
    const outcome = await api.act("emergency", { file, ...(apply ? { apply: "on" } : {}) });
    if (outcome.ok && apply) {
      panel.close();
      return done(outcome.message);
    }
    const said = outcome.message || Object.values(outcome.errors).flat().join(" ");
    const notice = h("p", { class: outcome.ok ? "notice" : "notice notice--danger", role: "status" }, said);
    const take = h("button", { type: "button", class: "button button--main", click: () => void send(true) }, t("apply"));
    fill(found, notice, ...(outcome.look?.newer ? [take] : []));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    look();
  };
  const field = h("div", { class: "field" }, h("label", { for: input.id }, t("file")), input);
  const button = h("button", { type: "submit", class: "button" }, t("look"));
  panel.open(t("emergency"), [h("form", { class: "stack", submit }, field, button), found]);
}
