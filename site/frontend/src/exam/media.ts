// Pictures and short films of a stem: a picture grows when it is pressed, a film plays when it is started.
import { h } from "../dom";
import { t } from "./texts";
import type { Medium } from "./types";

export function mediaOf(media: readonly Medium[], address: (id: number) => string): HTMLElement | null {
  if (!media.length) return null;
  return h("div", { class: "exam-media" }, ...media.map((one) => (one.film ? film(one, address) : picture(one, address))));
}

function picture({ id, alt }: Medium, address: (id: number) => string): HTMLElement {
  const image = h("img", { src: address(id), alt, class: "exam-picture", decoding: "async" });
  const press = () => {
    const large = figure.classList.toggle("is-large");
    button.setAttribute("aria-pressed", String(large));
  };
  const button = h("button", { type: "button", class: "button button--quiet", "aria-pressed": "false", click: press }, t("zoom"));
  image.addEventListener("click", press);
  const figure = h("figure", { class: "exam-figure" }, h("div", { class: "exam-frame", tabindex: "0" }, image), button);
  return figure;
}

function film({ id, alt }: Medium, address: (id: number) => string): HTMLElement {
  const video = h("video", {
    src: address(id),
    controls: true,
    playsinline: true,
    "webkit-playsinline": true,
    "x5-playsinline": true,
    preload: "metadata",
    "aria-label": alt,
    class: "exam-film",
  });
  return h("figure", { class: "exam-figure" }, video, h("figcaption", { class: "meta" }, alt));
}
