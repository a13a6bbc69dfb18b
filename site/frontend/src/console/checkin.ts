// Check-in: a ticket is scanned or typed, the registered photo shown beside the person, and the invigilator decides.
import { fill, h, say } from "../dom";
import type { ConsoleApi } from "./api";
import { cameraButton } from "./camera";
import { hour } from "./hour";
import type { Panel } from "./panel";
import { t } from "./texts";
import type { Ticket } from "./types";

/** Open the check-in; it stays open from one candidate to the next. */
export function openCheckIn(panel: Panel, api: ConsoleApi, changed: () => void): void {
  const input = h("input", { id: "panel-ticket", type: "text", autocomplete: "off", inputmode: "text", maxlength: "200" });
  const found = h("div", { class: "stack", "aria-live": "polite" });
  const next = () => {
    input.value = "";
    input.focus();
  };
  const find = async (text: string) => {
    const ticket = await api.ticket(text);
    if (ticket === "gone") return fill(found, h("p", { class: "notice notice--danger" }, t("noTicket")));
    if (ticket === "down") return fill(found, h("p", { class: "notice notice--danger" }, t("failed")));
    fill(found, card(ticket, (undo) => void decide(ticket, undo)));
    found.querySelector<HTMLElement>("button")?.focus();
  };
  const decide = async (ticket: Ticket, undo: boolean) => {
    const fields: Record<string, string> = { admission: String(ticket.admission) };
    if (undo) fields.undo = "on";
    const outcome = await api.act("check-in", fields);
    fill(found, h("p", { class: outcome.ok ? "notice notice--passed" : "notice notice--danger" }, `${ticket.name}: ${outcome.message}`));
    if (outcome.ok) changed();
    next();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (input.value.trim()) void find(input.value);
  };
  const camera = cameraButton((text) => void find(text));
  const form = h(
    "form",
    { class: "stack", submit },
    h("div", { class: "field" }, h("label", { for: input.id }, t("ticketField")), input),
    h("div", { class: "row" }, h("button", { type: "submit", class: "button button--main" }, t("find")), camera?.element ?? null),
  );
  panel.open(t("checkIn"), [form, found], () => camera?.stop());
  next();
}

function card(ticket: Ticket, decide: (undo: boolean) => void): HTMLElement {
  const picture = ticket.photo
    ? h("img", { class: "check-in__photo", src: ticket.photo, alt: t("photoOf", { name: ticket.name }) })
    : h("p", { class: "check-in__photo" }, t("noPhoto"));
  const facts = h("div", { class: "stack" }, h("strong", { class: "check-in__name" }, ticket.name), h("span", {}, ticket.id_number));
  const seat = h("span", {});
  say(seat, `${ticket.ticket} · ${ticket.seat === null ? t("noSeat") : t("seat", { seat: ticket.seat })}`);
  facts.append(seat);
  if (ticket.cancelled) facts.append(h("p", { class: "notice notice--danger" }, t("cancelled")));
  else if (ticket.checked_in_at) {
    facts.append(h("p", { class: "notice" }, t("checkedInAt", { time: hour(ticket.checked_in_at) })));
    facts.append(h("button", { type: "button", class: "button", click: () => decide(true) }, t("undo")));
  } else facts.append(h("button", { type: "button", class: "button button--main", click: () => decide(false) }, t("same")));
  return h("div", { class: "check-in" }, picture, facts);
}
