// The invigilator's desk: the head with the room's acts, the grid, the panel, and what ties them to the server.
import { fill, h, say } from "../dom";
import { placeActs, roomActs, type Act } from "./acts";
import type { ConsoleApi } from "./api";
import { openCheckIn } from "./checkin";
import { openEmergency } from "./emergency";
import { Grid } from "./grid";
import { hour } from "./hour";
import type { Live } from "../live";
import { Panel } from "./panel";
import { t } from "./texts";
import type { Line, Place, Room } from "./types";

export type Kinds = { value: string; label: string }[];

export class Desk {
  live: Live | null = null;
  private room: Room | null = null;
  private readonly grid = new Grid((place) => void this.look(place));
  private readonly panel: Panel;
  private readonly tools = h("div", { class: "console-tools", role: "group" });
  private readonly facts = h("p", { class: "console-facts" });
  private readonly link = h("p", { class: "console-link", role: "status" });
  private readonly said = h("p", { class: "notice", role: "status", hidden: true });

  constructor(
    root: HTMLElement,
    private readonly api: ConsoleApi,
    private readonly kinds: Kinds,
  ) {
    this.panel = new Panel(api, (message) => this.done(message));
    const line = h("div", { class: "console-line" }, this.facts, this.link);
    fill(root, line, this.tools, this.said, ...this.grid.nodes, this.panel.element);
    setInterval(() => this.grid.draw(), 1000);
  }

  /** Fetch the room and show it; a server that does not answer leaves what is there and says so. */
  async refresh(): Promise<void> {
    const room = await this.api.room();
    if (room === "gone") {
      this.live?.stop();
      return say(this.link, t("loggedOut"));
    }
    this.link.toggleAttribute("data-down", room === "down");
    say(this.link, room === "down" ? t("offline") : t(this.live?.up ? "live" : "polling"));
    if (room === "down") return;
    this.room = room;
    this.grid.show(room);
    this.head(room);
  }

  private head(room: Room): void {
    const facts = [room.passcode ? t("code", { code: room.passcode }) : ""];
    if (room.room_started_at) facts.push(t("started", { time: hour(room.room_started_at) }));
    say(this.facts, facts.filter(Boolean).join(" · "));
    const acts = roomActs(room, this.kinds);
    const wanted = acts.map((act) => `${act.name}${act.main ? "!" : ""}`).join();
    if (this.tools.dataset.acts === wanted) return; // the same buttons stay, and with them the focus
    this.tools.dataset.acts = wanted;
    const checkIn = h("button", { type: "button", class: "button", click: () => this.checkIn() }, t("checkIn"));
    const file = h("button", { type: "button", class: "button", click: () => this.emergency() }, t("emergency"));
    fill(this.tools, checkIn, ...acts.map((act) => this.button(act, () => this.fresh(act))), file);
  }

  /** Ask for the act as the room is now: its note may count candidates. */
  private fresh(act: Act): void {
    const now = this.room && roomActs(this.room, this.kinds).find(({ name }) => name === act.name);
    this.panel.ask(now || act);
  }

  private button(act: Act, click: () => void): HTMLButtonElement {
    const look = act.danger ? "button button--danger" : act.main ? "button button--main" : "button";
    return h("button", { type: "button", class: look, click }, act.label);
  }

  private checkIn(): void {
    openCheckIn(this.panel, this.api, () => this.live?.soon());
  }

  private emergency(): void {
    openEmergency(this.panel, this.api, (message) => this.done(message));
  }

  /** Open one candidate's card with what can be done and what happened. */
  private async look(place: Place): Promise<void> {
    if (!this.room) return;
    const title = `${place.seat === null ? "" : t("seat", { seat: place.seat })} ${place.name}`.trim();
    const acts = placeActs(place, this.room, this.kinds);
    const buttons = h("div", { class: "panel__acts" }, ...acts.map((act) => this.button(act, () => this.panel.ask(act, title))));
    const facts = h("p", { class: "meta" }, `${place.ticket} · ${t(place.state)} · ${t("answered", { n: place.answered, total: place.questions })}`);
    const list = h("ol", { class: "list panel__record" });
    this.panel.open(title, [facts, buttons, h("h3", {}, t("record")), list]);
    const lines = await this.api.record(place.attempt);
    fill(list, ...(lines.length ? lines.map(recordLine) : [h("li", {}, t("noRecord"))]));
  }

  private done(message: string): void {
    this.said.hidden = !message;
    say(this.said, message);
    this.live?.soon(0);
  }
}

function recordLine(line: Line): HTMLElement {
  const kinds = { allowance: t("wasAllowance"), message: t("wasMessage"), incident: "", integrity: "" };
  const words = [hour(line.at), kinds[line.kind], line.title, line.text, line.by && `(${line.by})`];
  return h("li", { "data-kind": line.kind }, words.filter(Boolean).join(" "));
}
