// The bubbles of the log: what was asked, and an answer that grows.
import { fill, h } from "../dom";
import { render } from "./markdown";
import { t } from "./texts";
import type { Citation, Choice, Ending, Kind, Warning } from "./types";

/** Return the bubble of a question. */
export function asked(question: string): HTMLElement {
  return h("li", { class: "chat-turn chat-turn--user" }, h("span", { class: "visually-hidden" }, t("you")), question);
}

/** One answer: in danger first whom to call, the text as it comes, where it is from, what else could be meant. */
export class AnswerBubble {
  readonly node = h("li", { class: "chat-turn chat-turn--bot", "aria-busy": "true" });
  private readonly calls = h("p", { class: "chat-calls" });
  private readonly text = h("div", { class: "chat-text" });
  private readonly waiting = h("p", { class: "chat-waiting meta" }, t("waiting"));
  private latest = "";
  private drawing = false;
  /** What kind of answer it was said to be. */
  begun: { kind: Kind; calls: string[] } = { kind: "answer", calls: [] };

  constructor() {
    fill(this.node, h("span", { class: "visually-hidden" }, t("bot")), this.waiting, this.text);
  }

  /** Say what kind of answer comes and whom to call now. */
  begin(kind: Kind, numbers: string[]): void {
    this.begun = { kind, calls: numbers };
    const danger = kind === "danger";
    this.node.classList.toggle("chat-danger", danger);
    this.call(numbers, danger);
  }

  /** Show the text so far, at most once a frame. */
  grow(text: string): void {
    this.latest = text;
    this.waiting.remove();
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      fill(this.text, ...render(this.latest));
    });
  }

  /** Show the whole answer; those who listen hear it now. */
  finish({ text, citations = [], choices = [], warnings = [] }: Ending): void {
    this.latest = text;
    this.waiting.remove();
    fill(this.text, ...render(text));
    const told = warnings.filter((warning) => warning?.title);
    if (told.length) this.node.insertBefore(alerts(told), this.text);
    if (citations.length) this.node.append(sources(citations));
    if (choices.length) this.node.append(offers(choices));
    this.node.removeAttribute("aria-busy");
  }

  /** Show why there is no answer, and whom to call instead. */
  fail(message: string, numbers: string[]): void {
    this.begin("unknown", numbers);
    this.finish({ text: message });
  }

  private call(numbers: string[], first: boolean): void {
    const valid = numbers.filter((number) => /^\+?[0-9-]{3,20}$/.test(number));
    const links = valid.map((number) => h("a", { class: "button", href: `tel:${number}` }, t("call", { number })));
    fill(this.calls, ...links);
    this.calls.remove();
    if (links.length) this.node.insertBefore(this.calls, first ? this.node.firstChild : this.text.nextSibling);
  }
}

function alerts(warnings: Warning[]): HTMLElement {
  const one = ({ title, url = "" }: Warning) => h("li", {}, link(title, url));
  return h("ul", { class: "chat-warnings notice notice--danger" }, ...warnings.map(one));
}

function sources(citations: Citation[]): HTMLElement {
  const items = citations.map(({ title, source, date, url }) => {
    const note = [source, date].filter(Boolean).join(" · ");
    return h("li", {}, link(title, url), note ? ` ${note}` : null);
  });
  return h("div", { class: "chat-sources" }, h("p", {}, t("sources")), h("ul", {}, ...items));
}

function offers(choices: Choice[]): HTMLElement {
  const button = (title: string) => h("button", { type: "button", class: "button", "data-ask": title }, title);
  return h("div", { class: "chat-choices" }, h("p", {}, t("choices")), ...choices.map(({ title }) => button(title)));
}

/** A link only to this site or over HTTP; anything else stays text. */
function link(title: string, url: string): Node {
  if (!/^(https?:\/\/|\/(?!\/))/i.test(url)) return document.createTextNode(title);
  const external = !url.startsWith("/") && new URL(url).host !== location.host;
  return h("a", { href: url, rel: external ? "noopener" : "", "data-external": external }, title);
}
