// The room as cards, one a candidate; a card stays the same element, so that the focus stays where it is.
import { fill, h, say } from "../dom";
import { clockface } from "../exam/waitingroom";
import { t } from "./texts";
import type { Place, Room, State } from "./types";

export const QUIET_S = 90; // three peeks that did not come
export type Filter = State | "all" | "notSeen" | "noticed";
const FILTERS: Filter[] = ["all", "scheduled", "checked_in", "in_progress", "paused", "submitted", "notSeen", "noticed"];

/** Say whether a sitting candidate's page has been silent for long. */
export function isQuiet(place: Place, now: number): boolean {
  if (place.state !== "in_progress") return false;
  return !place.last_seen || now - Date.parse(place.last_seen) > QUIET_S * 1000;
}

/** Say whether the candidate is one of those that a filter and a typed text mean. */
export function fits(place: Place, filter: Filter, text: string, now: number): boolean {
  const typed = text.trim().toLowerCase();
  const names = [String(place.seat ?? ""), place.name.toLowerCase(), place.ticket.toLowerCase()];
  if (typed && names[0] !== typed && !names[1]?.includes(typed) && !names[2]?.includes(typed)) return false;
  if (filter === "all") return true;
  if (filter === "notSeen") return isQuiet(place, now);
  if (filter === "noticed") return place.incidents + place.integrity > 0;
  return (place.state === "graded" ? "submitted" : place.state) === filter;
}

/** Return a span of seconds as people say it: 40 s, 3 min. */
export function span(seconds: number): string {
  return seconds < 100 ? t("seconds", { n: Math.max(0, Math.round(seconds)) }) : t("minutes", { n: Math.round(seconds / 60) });
}

export class Grid {
  readonly element = h("ul", { class: "room", "aria-label": t("all") });
  readonly filters = h("div", { class: "room-filters", role: "group" });
  readonly search = h("input", { type: "search", "aria-label": t("search"), placeholder: t("search"), input: () => this.draw() });
  private readonly empty = h("p", { class: "empty", hidden: true }, t("nobody"));
  private readonly cards = new Map<string, HTMLLIElement>();
  private filter: Filter = "all";
  private room: Room | null = null;
  private fetchedAt = 0;

  constructor(private readonly choose: (place: Place) => void) {}

  /** All of it, for the page. */
  get nodes(): Node[] {
    return [h("div", { class: "room-tools" }, this.search, this.filters), this.element, this.empty];
  }

  /** Show the room as fetched now. */
  show(room: Room): void {
    this.room = room;
    this.fetchedAt = performance.now();
    this.draw();
  }

  /** Return the candidate as last fetched. */
  place(attempt: string): Place | undefined {
    return this.room?.places.find((place) => place.attempt === attempt);
  }

  /** Move the clocks between two fetches. */
  draw(): void {
    const room = this.room;
    if (!room) return;
    const passed = (performance.now() - this.fetchedAt) / 1000;
    const now = Date.parse(room.now) + 1000 * passed;
    const known = new Set(room.places.map((place) => place.attempt));
    for (const [attempt, card] of this.cards) {
      if (known.has(attempt)) continue;
      card.remove();
      this.cards.delete(attempt);
    }
    let shown = 0;
    room.places.forEach((place, index) => {
      const card = this.cards.get(place.attempt) ?? this.card(place.attempt);
      if (this.element.children[index] !== card) this.element.insertBefore(card, this.element.children[index] ?? null);
      card.hidden = !fits(place, this.filter, this.search.value, now);
      shown += card.hidden ? 0 : 1;
      dress(card, place, passed, now);
    });
    this.empty.hidden = shown > 0;
    this.drawFilters(room.places, now);
  }

  private card(attempt: string): HTMLLIElement {
    const open = () => {
      const place = this.place(attempt);
      if (place) this.choose(place);
    };
    const button = h("button", { type: "button", class: "place", click: open });
    for (const part of ["seat", "state", "name", "answered", "left", "seen", "counts"]) {
      button.append(h("span", { class: `place__${part}` }));
    }
    const card = h("li", {}, button);
    this.cards.set(attempt, card);
    return card;
  }

  private drawFilters(places: Place[], now: number): void {
    if (!this.filters.childElementCount) {
      const buttons = FILTERS.map((filter) =>
        h("button", { type: "button", class: "chip", "data-filter": filter, click: () => this.pick(filter) }),
      );
      fill(this.filters, ...buttons);
    }
    for (const button of this.filters.querySelectorAll<HTMLElement>("[data-filter]")) {
      const filter = button.dataset.filter as Filter;
      const count = places.filter((place) => fits(place, filter, "", now)).length;
      say(button, `${t(filter)} ${count}`);
      button.setAttribute("aria-pressed", String(filter === this.filter));
    }
  }

  private pick(filter: Filter): void {
    this.filter = filter;
    this.draw();
  }
}

function dress(card: HTMLElement, place: Place, passed: number, now: number): void {
  const button = card.firstElementChild as HTMLElement;
  const part = (name: string, text: string) => say(button.querySelector(`.place__${name}`) as Element, text);
  const running = place.state === "in_progress";
  const left = place.seconds_left === null ? null : Math.max(0, place.seconds_left - (running ? Math.floor(passed) : 0));
  const seen = place.last_seen ? (now - Date.parse(place.last_seen)) / 1000 : null;
  button.dataset.state = place.state;
  button.toggleAttribute("data-quiet", isQuiet(place, now));
  part("seat", place.seat === null ? t("noSeat") : t("seat", { seat: place.seat }));
  part("state", t(place.state));
  part("name", place.name);
  part("answered", left === null && !place.answered ? "" : t("answered", { n: place.answered, total: place.questions }));
  part("left", left === null ? "" : t("left", { time: clockface(left) }));
  part("seen", left === null ? "" : seen === null ? t("never") : t("seen", { time: span(seen) }));
  const counts = [
    place.incidents ? t("incidents", { n: place.incidents }) : "",
    place.integrity ? t("integrity", { n: place.integrity }) : "",
    place.extra_seconds ? t("extra", { time: span(place.extra_seconds) }) : "",
  ];
  part("counts", counts.filter(Boolean).join(" · "));
}
