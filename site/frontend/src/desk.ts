// The staff desk: the list and the open question keep themselves fresh; an answer is sent without leaving the page.
import { Live } from "./live";

const TYPING_SHOWN = 3_000;
const TYPING_EVERY = 1_500;

function start(root: HTMLElement): void {
  const { socketUrl = "", fragmentUrl = "" } = root.dataset;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  let quiet: ReturnType<typeof setTimeout> | undefined;
  const refresh = async (): Promise<void> => {
    try {
      const response = await fetch(fragmentUrl, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (response.redirected || response.status === 403) return live.stop();
      if (!response.ok) return;
      const html = (await response.text()).trim();
      if (html !== shown) root.innerHTML = shown = html; // our own template, escaped there
    } catch {
      // the next try comes by itself
    }
  };
  let shown = root.innerHTML.trim();
  const live: Live = new Live(`${scheme}//${location.host}${socketUrl}`, refresh, undefined, () => {
    root.classList.add("desk--typing");
    clearTimeout(quiet);
    quiet = setTimeout(() => root.classList.remove("desk--typing"), TYPING_SHOWN);
  });
  live.start();

  const form = document.querySelector<HTMLFormElement>("[data-desk-reply]");
  const text = form?.querySelector("textarea");
  if (!form || !text) return;
  let typedAt = 0;
  text.addEventListener("input", () => {
    if (Date.now() - typedAt < TYPING_EVERY) return;
    typedAt = Date.now();
    live.say({ typing: true });
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

const root = document.querySelector<HTMLElement>("[data-desk]");
if (root) start(root);
