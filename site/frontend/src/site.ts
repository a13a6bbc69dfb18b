// Every page: the care mode without a reload, copying, a word before leaving for another site, waiting for what is made.
import { h } from "./dom";
import { speaker } from "./i18n";
import { waitFor } from "./waiting";

const t = speaker({
  care: ["长辈版", "長輩版", "Care mode"],
  standard: ["标准版", "標準版", "Standard view"],
  copied: ["已复制", "已複製", "Copied"],
  leaving: [
    "您将离开本站，前往 {host}。该网站的内容由其自行负责。",
    "您將離開本站，前往 {host}。該網站的內容由其自行負責。",
    "You are leaving for {host}, which is responsible for its own content.",
  ],
  go: ["继续前往", "繼續前往", "Go on"],
  stay: ["留在本站", "留在本站", "Stay here"],
});

const html = document.documentElement;

function showCare(on: boolean): void {
  html.classList.toggle("care", on);
  for (const toggle of document.querySelectorAll("[data-care]")) toggle.textContent = t(on ? "standard" : "care");
}

function toggleCare(): void {
  const on = !html.classList.contains("care");
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `care=${on ? 1 : 0}; max-age=${on ? 31536000 : 0}; path=/; samesite=lax${secure}`;
  showCare(on);
}

async function copy(button: HTMLElement): Promise<void> {
  const what = button.dataset.copy ?? "";
  const source = /^#[\w-]+$/.test(what) ? document.querySelector(what) : null;
  const text = (source instanceof HTMLInputElement ? source.value : (source?.textContent ?? what)).trim();
  await (navigator.clipboard?.writeText(text) ?? Promise.reject()).catch(() => copyTheOldWay(text));
  const label = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = t("copied");
  setTimeout(() => (button.textContent = label), 2000);
}

/** Plain HTTP and older webviews have no clipboard API. */
function copyTheOldWay(text: string): void {
  const area = h("textarea", { class: "visually-hidden", readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function warn(link: HTMLAnchorElement): void {
  if (link.nextElementSibling?.hasAttribute("data-leaving")) return;
  const onwards = h("a", { class: "button", href: link.href, rel: "noopener" }, t("go"));
  const close = () => {
    notice.remove();
    link.focus();
  };
  const stay = h("button", { type: "button", class: "button button--quiet", click: close }, t("stay"));
  const notice = h("div", { class: "notice", role: "alert", "data-leaving": true });
  notice.append(h("p", {}, t("leaving", { host: link.host })), onwards, stay);
  link.after(notice);
  onwards.focus();
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const care = target.closest("[data-care]");
  const copier = target.closest<HTMLElement>("[data-copy]");
  const link = target.closest<HTMLAnchorElement>("a[href^='http']");
  const abroad = link && link.host !== location.host && link.closest("[data-external]");
  const leaves = abroad && !link.closest("[data-leaving]");
  if (!care && !copier && !leaves) return;
  event.preventDefault();
  if (care) toggleCare();
  else if (copier) void copy(copier);
  else if (link) warn(link);
});

// A security key that does not answer: allauth's script only tells the console.
document.addEventListener("allauth.error", () => document.getElementById("key-trouble")?.removeAttribute("hidden"));

const waiting = document.querySelector<HTMLElement>("[data-waiting]");
if (waiting) waitFor(waiting);

// A page out of the back-forward cache may show what was chosen before.
addEventListener("pageshow", (event) => {
  if (event.persisted) showCare(/(^|; )care=1/.test(document.cookie));
});
