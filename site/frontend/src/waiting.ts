// A page that waits for the server: it asks quietly, shows how far the work is, and loads anew once it is done.

/** Ask every `data-waiting` seconds while the page is in sight; reload once the answer no longer waits. */
export function waitFor(
  waiting: HTMLElement,
  fetcher: typeof fetch = (...call) => fetch(...call),
  reload: () => void = () => location.reload(),
): void {
  const timer = setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const response = await fetcher(location.href, { credentials: "same-origin" });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const still = page.querySelector("[data-waiting]");
      if (still) return waiting.replaceChildren(...still.childNodes);
    } catch {
      return; // the network is down; the next time asks again
    }
    clearInterval(timer);
    reload();
  }, 1000 * Number(waiting.dataset.waiting));
}
