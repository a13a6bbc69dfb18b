// Speaking instead of typing, where the browser can: whoever makes it may hear, so it asks first.
import { fill, h } from "../dom";
import { t } from "./later-texts";
import type { Maker, Recognition } from "./recogniser";

/** Listens at a press of the button; what is heard is put into the input, and sent by nobody but the person. */
export class Voice {
  private readonly notice = h("div", { class: "chat-consent", role: "group", "aria-label": t("speak"), hidden: true });
  private agreed = false;
  private listening: Recognition | null = null;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly button: HTMLButtonElement,
    private readonly maker: Maker,
  ) {
    this.input.form!.before(this.notice);
  }

  press(): void {
    if (this.listening) this.listening.stop();
    else if (this.agreed) this.listen();
    else this.ask();
  }

  private ask(): void {
    const agree = () => {
      this.agreed = true;
      this.tell("");
      this.listen();
    };
    const refuse = () => {
      this.tell("");
      this.button.focus();
    };
    const yes = h("button", { type: "button", class: "button button--main", click: agree }, t("agree"));
    const no = h("button", { type: "button", class: "button button--quiet", click: refuse }, t("cancel"));
    fill(this.notice, h("p", {}, t("consent")), h("div", { class: "row" }, yes, no));
    this.notice.hidden = false;
    yes.focus();
  }

  private listen(): void {
    const heard = (this.listening = new this.maker());
    heard.lang = document.documentElement.lang.startsWith("en") ? "en" : "zh-CN";
    heard.interimResults = true;
    heard.onresult = ({ results }) => {
      const text = Array.from(results, (result) => result[0]!.transcript).join("");
      this.input.value = text.slice(0, this.input.maxLength);
    };
    heard.onerror = ({ error }) => this.tell(error === "aborted" ? "" : t("unheard"));
    heard.onend = () => {
      this.listening = null;
      if (this.notice.textContent === t("listening")) this.tell("");
      this.say(false);
      this.input.focus();
    };
    heard.start();
    this.say(true);
  }

  private say(listening: boolean): void {
    this.button.setAttribute("aria-pressed", String(listening));
    this.button.setAttribute("aria-label", t(listening ? "listening" : "speak"));
    if (listening) this.tell(t("listening"));
  }

  private tell(text: string): void {
    this.notice.hidden = !text;
    fill(this.notice, h("p", { role: "status" }, text));
  }
}
