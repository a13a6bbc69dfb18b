// The chat page: the form, the suggested questions, the socket.
import { h } from "./dom";
import { Line } from "./chat/line";
import { Talk } from "./chat/talk";
import { t } from "./chat/texts";

function start(root: HTMLElement, form: HTMLFormElement, log: HTMLElement): void {
  const input = form.elements.namedItem("question") as HTMLInputElement;
  const button = form.querySelector("button");
  const state = h("p", { class: "chat-state meta", role: "status" });
  form.before(state);

  const { socketUrl = "/ws/chat/", apiUrl = "" } = root.dataset;
  const begun = form.querySelector<HTMLInputElement>("[name=conversation]")?.value || null;
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const line = new Line(`${scheme}//${location.host}${socketUrl}`, {
    message: (message) => talk.receive(message),
    up: () => (state.textContent = ""),
    down: () => {
      state.textContent = t("reconnecting");
      talk.dropped();
    },
  });
  const talk: Talk = new Talk(
    log,
    {
      send: (message) => line.send(message),
      replace: () => line.replace(),
      fetch: (...call) => fetch(...call),
      apiUrl,
    },
    {
      busy: (busy) => {
        if (button) button.disabled = busy;
      },
      giveBack: (question) => {
        if (!input.value) input.value = question;
      },
    },
    begun,
  );

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (talk.ask(input.value)) input.value = "";
  });
  document.addEventListener("click", (event) => {
    const suggestion = (event.target as Element).closest<HTMLElement>("[data-ask]");
    if (!suggestion) return;
    event.preventDefault();
    talk.ask(suggestion.dataset.ask || suggestion.textContent || "");
  });
  addEventListener("online", () => line.open());
  addEventListener("pageshow", () => line.open());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") line.open();
  });

  line.open();
}

const root = document.getElementById("chat");
const form = root?.querySelector("form");
const log = root?.querySelector<HTMLElement>(".chat-log");
if (root && form && log) start(root, form, log);
