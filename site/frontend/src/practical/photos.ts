// Photos go out as soon as they are chosen; what could not be sent waits in its field and is tried again.
import { h, say } from "../dom";
import type { SheetApi } from "./api";
import { t } from "./texts";

export class Photos {
  private readonly waiting = new Set<HTMLInputElement>();

  constructor(
    private readonly root: HTMLElement,
    private readonly api: Pick<SheetApi, "photo">,
  ) {}

  /** Send the photo chosen in a field. */
  async send(field: HTMLInputElement): Promise<void> {
    const file = field.files?.[0];
    const position = field.dataset.photo ?? "";
    if (!file) return;
    this.tell(position, t("sending"));
    const reply = await this.api.photo(position, file);
    this.waiting.delete(field);
    if ("why" in reply) {
      this.waiting.add(field);
      return this.tell(position, t("photoWaits"));
    }
    field.value = "";
    if ("fault" in reply) return this.tell(position, reply.fault);
    this.tell(position, t("photoKept"));
    this.show(field, reply.kept.url);
  }

  /** Try again what could not be sent. */
  retry(): void {
    for (const field of this.waiting) void this.send(field);
  }

  private show(field: HTMLInputElement, url: string): void {
    const place = field.closest(".sheet-photos");
    if (!place || place.querySelector(`img[src="${url}"]`)) return;
    let list = place.querySelector("ul");
    if (!list) place.insertBefore((list = h("ul", { class: "sheet-thumbs" })), place.querySelector("label"));
    list.append(h("li", {}, h("a", { href: url }, h("img", { src: url, alt: t("photo") }))));
  }

  private tell(position: string, text: string): void {
    const place = this.root.querySelector(`[data-photo-told="${position}"]`);
    if (place) say(place, text);
  }
}
