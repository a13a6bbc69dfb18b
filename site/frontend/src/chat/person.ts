// A question for a person: left with a form, then talked about while somebody is at the desk, read later otherwise.
import { fill, h, say } from "../dom";
import { newKey } from "../key";
import { Live } from "../live";
import { Refusal, type ChatApi } from "./api";
import { t } from "./later-texts";
import type { Answer, Ticket, Written } from "./types";

const TYPING_SHOWN = 3_000;
const TYPING_EVERY = 1_500;
const MAX_MESSAGE = "1000";

export interface Around {
  conversation(): string | null;
  begun(conversation: string): void;
  /** The desk was told of a danger: the bot's card. */
  danger(question: string, card: Answer): void;
}

export class Person {
  readonly node = h("section", { class: "chat-ticket", "aria-label": t("person"), hidden: true });
  private readonly messages = h("ol", { class: "chat-messages", "aria-live": "polite" });
  private readonly hours = h("p", { class: "meta", role: "status" });
  private readonly typing = h("p", { class: "meta", "aria-live": "polite" });
  private readonly error = h("p", { class: "chat-ticket__error", role: "alert" });
  private ticket: Ticket | null = null;
  private live: Live | null = null;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private typedAt = 0;

  constructor(
    private readonly api: ChatApi,
    private readonly around: Around,
  ) {}

  /** Show the form with this question in it, or the conversation that there is. */
  open(question: string): void {
    if (!this.ticket || this.ticket.state === "closed") this.draw(this.form(question));
    this.node.hidden = false;
    this.node.scrollIntoView({ block: "nearest" });
    this.node.querySelector<HTMLElement>("textarea, input")?.focus();
  }

  /** Go on with a ticket. */
  show(ticket: Ticket): void {
    this.ticket = ticket;
    this.draw(this.talk(ticket));
    this.update(ticket);
    this.node.hidden = false;
    if (ticket.state !== "closed") this.follow(ticket.id);
  }

  /** Forget it; nothing is asked for any more. */
  close(): void {
    this.live?.stop();
    this.live = this.ticket = null;
    this.node.hidden = true;
  }

  private draw(content: HTMLElement): void {
    fill(this.node, h("h2", {}, t("person")), content);
  }

  private form(question: string): HTMLElement {
    const asked = h("textarea", { rows: "3", maxlength: "500", id: "person-question", required: true });
    asked.value = question;
    const contact = h("input", { type: "text", maxlength: "100", id: "person-contact", autocomplete: "off" });
    const send = h("button", { type: "submit", class: "button button--main" }, t("leave"));
    const leave = async (event: Event) => {
      event.preventDefault();
      send.disabled = true;
      const body = { conversation: this.around.conversation(), question: asked.value, contact: contact.value };
      const ticket = await this.attempt(() => this.api.call<Ticket>("tickets", body));
      send.disabled = false;
      if (!ticket) return;
      this.around.begun(ticket.conversation);
      this.show(ticket);
    };
    const cancel = h("button", { type: "button", class: "button button--quiet", click: () => this.close() }, t("cancel"));
    this.error.textContent = "";
    return h(
      "form",
      { class: "stack", submit: (event) => void leave(event) },
      h("p", { class: "meta" }, t("dangerFirst")),
      h("label", { for: "person-question" }, t("question")),
      asked,
      h("label", { for: "person-contact" }, t("contact")),
      contact,
      h("p", { class: "meta" }, t("contactWhy")),
      this.error,
      h("div", { class: "row" }, send, cancel),
    );
  }

  private talk(ticket: Ticket): HTMLElement {
    const input = h("input", { type: "text", maxlength: MAX_MESSAGE, "aria-label": t("message"), autocomplete: "off" });
    input.placeholder = t("message");
    input.addEventListener("input", () => this.types());
    let key = newKey();
    const send = async (event: Event) => {
      event.preventDefault();
      const text = input.value.trim();
      if (!text) return;
      const path = `tickets/${ticket.id}/messages`;
      const sent = await this.attempt(() => this.api.call<{ ticket: Ticket; danger: Answer | null }>(path, { id: key, text }));
      if (!sent) return; // the text stays, under the same key: sent again it is the same message
      key = newKey();
      input.value = "";
      this.update(sent.ticket);
      if (sent.danger) this.around.danger(text, sent.danger);
    };
    this.error.textContent = "";
    const box = h("form", { class: "ask", submit: (event) => void send(event) }, input, h("button", { type: "submit", class: "button" }, t("send")));
    return h("div", { class: "stack" }, h("p", {}, ticket.question), this.hours, this.messages, this.typing, this.error, box);
  }

  private update(ticket: Ticket): void {
    this.ticket = ticket;
    const known = this.messages.children.length;
    if (known > ticket.messages.length || !this.messages.isConnected) fill(this.messages);
    for (const said of ticket.messages.slice(this.messages.children.length)) this.messages.append(message(said));
    say(this.hours, state(ticket));
    if (ticket.messages.length !== known) this.typing.textContent = "";
    const box = this.node.querySelector<HTMLFormElement>("form.ask");
    if (box) box.hidden = ticket.state === "closed";
    if (ticket.state === "closed") this.live?.stop();
  }

  private follow(id: string): void {
    this.live?.stop();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const refresh = async () => {
      if (document.visibilityState !== "visible") return; // what nobody looks at is not seen
      try {
        this.update(await this.api.call<Ticket>(`tickets/${id}`));
        this.error.textContent = "";
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) this.close();
      }
    };
    const url = `${scheme}//${location.host}/ws/chat/tickets/${id}/`;
    this.live = new Live(url, refresh, undefined, () => {
      this.typing.textContent = t("deskTypes");
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => (this.typing.textContent = ""), TYPING_SHOWN);
    });
    this.live.start();
  }

  private types(): void {
    if (Date.now() - this.typedAt < TYPING_EVERY) return;
    this.typedAt = Date.now();
    this.live?.say({ typing: true });
  }

  private async attempt<Reply>(call: () => Promise<Reply>): Promise<Reply | null> {
    this.error.textContent = "";
    try {
      return await call();
    } catch (error) {
      this.error.textContent = error instanceof Refusal ? error.message : t("unsent");
      return null;
    }
  }
}

function message(said: Written): HTMLElement {
  const when = moment(said.sent_at);
  const who = t(said.from_desk ? "desk" : "mine");
  const side = said.from_desk ? "chat-messages__desk" : "chat-messages__mine";
  return h("li", { class: side }, h("span", { class: "meta" }, `${who} · ${when}`), h("span", { class: "chat-messages__text" }, said.text));
}

function state(ticket: Ticket): string {
  if (ticket.state === "closed") return t("closed");
  if (ticket.staffed) return t(ticket.state === "open" ? "staffed" : "taken");
  return ticket.opens ? t("opens", { when: moment(ticket.opens) }) : t("unstaffed");
}

function moment(at: string): string {
  const parts = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false } as const;
  return new Date(at).toLocaleString(document.documentElement.lang, { ...parts, timeZone: "Asia/Shanghai" });
}
