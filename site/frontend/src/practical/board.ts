// Joins the score sheet's form, what is not sent yet, the clocks, the signature and the hand-in.
import { fill, h, say } from "../dom";
import type { Queue } from "../exam/queue";
import { Sync } from "../exam/sync";
import type { Ack } from "../exam/types";
import type { SheetApi } from "./api";
import { SheetForm } from "./form";
import type { Pad } from "./pad";
import { Photos } from "./photos";
import { t } from "./texts";
import { clock, type Times } from "./times";

const SEND_WITHIN = 8000;

export class Board {
  readonly sync: Sync;
  readonly photos: Photos;
  private readonly form: SheetForm;
  private readonly sent = new Map<number, number>(); // slot → the newest sequence number given here
  private seq: number;
  private leaving = false;

  constructor(
    private readonly root: HTMLFormElement,
    private readonly api: SheetApi,
    private readonly queue: Queue,
    private readonly times: Times,
    private readonly pad: Pad | null,
    private readonly reload: () => void = () => location.reload(),
  ) {
    this.form = new SheetForm(root);
    this.photos = new Photos(root, api);
    this.sync = new Sync(api, queue, {
      changed: () => this.render(),
      acked: (acks) => this.acked(acks),
      secondsLeft: () => {},
      halted: () => this.render(),
      renew: async () => (await api.renew()) === "open",
    });
    const unsent = queue.list();
    this.seq = Math.max(Number(root.dataset.nextSeq), ...unsent.map(({ seq }) => seq + 1));
    for (const answer of unsent) {
      this.form.restore(answer);
      this.sent.set(answer.slot, answer.seq);
    }
    this.form.add();
    this.render();
    if (unsent.length) this.sync.retry();
  }

  /** Something in the form changed. */
  changed(target: EventTarget | null): void {
    if (target instanceof HTMLInputElement && target.dataset.photo) return void this.photos.send(target);
    const change = this.form.changed(target);
    if (!change) return;
    const seq = this.seq++;
    this.sent.set(change.slot, seq);
    this.times.begin("0");
    this.sync.add({ ...change, seq });
    this.form.add();
  }

  /** The button of a task's clock. */
  start(task: string): void {
    this.times.begin("0"); // the whole exam
    this.times.begin(task);
    this.tick();
  }

  /** Show the minutes left of every task that began. */
  tick(): void {
    for (const task of this.form.tasks()) {
      const { task: position = "", minutes } = task.dataset;
      const left = this.times.left(position, Number(minutes));
      const place = task.querySelector("[role=timer]");
      if (left === null || !place) continue;
      say(place, t(left < 0 ? "over" : "left", { time: clock(Math.abs(left)) }));
      place.classList.toggle("is-low", left < 60);
      task.querySelector("[data-timer]")?.setAttribute("hidden", "");
    }
  }

  /** Whether leaving now could lose a mark. */
  get unsent(): boolean {
    return !this.leaving && this.queue.size > 0;
  }

  /** Send what is left, and then the form itself with the button that was pressed. */
  async send(button: HTMLButtonElement): Promise<void> {
    if (this.leaving) return;
    const handsIn = button.value === "submit";
    if (handsIn && !this.ready()) return;
    const reached = await Promise.race([this.drained(), new Promise<false>((done) => setTimeout(() => done(false), SEND_WITHIN))]);
    if (!reached) return this.warn(t("noNetwork"));
    this.leaving = true;
    this.root.append(h("input", { type: "hidden", name: button.name, value: button.value }));
    this.root.submit();
  }

  private async drained(): Promise<boolean> {
    await this.sync.drained();
    return !["network", "login"].includes(await this.api.renew());
  }

  private ready(): boolean {
    const lacking = this.form.lacking();
    if (lacking) {
      lacking.focus();
      lacking.scrollIntoView({ block: "center" });
      this.warn(t("lacking"));
      return false;
    }
    this.field("signature").value = this.pad?.value() ?? "";
    if (!this.field("signature").value && !this.field("signed_name").value.trim()) {
      this.warn(t("unsigned"));
      return false;
    }
    this.stamp();
    return true;
  }

  private stamp(): void {
    const began = this.times.begun("0");
    if (!this.field("started_at").value && began) this.field("started_at").value = this.times.local(began);
    if (!this.field("finished_at").value) this.field("finished_at").value = this.times.local();
  }

  private acked(acks: Ack[]): void {
    const overtaken = acks.some(({ slot, seq }) => seq > (this.sent.get(slot) ?? Infinity));
    if (overtaken) this.reload(); // another tablet marked it since: the server's page shows what counts
    this.photos.retry();
  }

  private render(): void {
    const { link, halt, refusals } = this.sync;
    const place = this.root.querySelector<HTMLElement>(".sheet-link");
    if (place) {
      const count = this.queue.size;
      place.hidden = false;
      place.className = `sheet-link ${link !== "up" ? "is-offline" : count ? "" : "is-saved"}`;
      say(place, link !== "up" ? t("offline", { n: count }) : t(count ? "saving" : "saved"));
    }
    if (halt) return this.warn(t("closed"));
    if (link === "login") return this.warn(t("login"), h("a", { href: this.root.dataset.loginUrl ?? "" }, t("toLogin")));
    if (link === "down") return this.warn(t(this.queue.durable ? "offlineText" : "notDurable"));
    if (refusals.length) return this.warn(t("refused", { n: refusals.length }));
    this.warn("");
  }

  private warn(text: string, ...more: Node[]): void {
    const banner = this.root.querySelector(".sheet-banner");
    if (!banner || (banner.textContent === text && !more.length)) return;
    fill(banner, ...(text ? [h("p", { class: "notice notice--danger" }, `${text} `, ...more)] : []));
  }

  private field = (name: string) => this.root.elements.namedItem(name) as HTMLInputElement;
}
