// The chat page: the form, the suggested questions, the socket, what was asked before, a person.
import { h } from "./dom";
import { ChatApi } from "./chat/api";
import { AnswerBubble, asked } from "./chat/bubbles";
import * as device from "./chat/device";
import { Line } from "./chat/line";
import type { Person } from "./chat/person";
import { recogniser } from "./chat/recogniser";
import { Talk } from "./chat/talk";
import { t } from "./chat/texts";
import type { Answer } from "./chat/types";
import type { Voice } from "./chat/voice";

const later = () => import("./chat/later");

function start(root: HTMLElement, form: HTMLFormElement, log: HTMLElement): void {
  const input = form.elements.namedItem("question") as HTMLInputElement;
  const button = form.querySelector<HTMLButtonElement>("[type=submit]");
  const state = h("p", { class: "chat-state meta", role: "status" });
  const forget = h("button", { type: "button", class: "button button--quiet chat-forget", hidden: true }, t("forget"));
  form.before(state);
  root.append(forget);

  const { socketUrl = "/ws/chat/", apiUrl = "/api/v1/chat/", embedded } = root.dataset;
  const api = new ChatApi(apiUrl);
  const shown = form.querySelector<HTMLInputElement>("[name=conversation]")?.value || null;
  let last = "";

  const hold = (conversation: string) => {
    talk.conversation = conversation;
    device.hold(conversation);
    forget.hidden = false;
  };
  let person: Person | null = null;
  const withPerson = async (): Promise<Person> => {
    const { Person } = await later();
    if (person) return person;
    person = new Person(api, {
      conversation: () => talk.conversation,
      begun: hold,
      danger: (question, card) => {
        const bubble = new AnswerBubble();
        bubble.begin(card.kind, card.calls ?? []);
        bubble.finish(card);
        log.append(asked(question), bubble.node);
        bubble.node.scrollIntoView({ block: "start" });
      },
    });
    state.before(person.node);
    return person;
  };
  const openPerson = (question: string) =>
    withPerson().then(
      (there) => there.open(question),
      () => location.assign(root.querySelector<HTMLAnchorElement>("[data-person]")!.href), // the page without scripts
    );

  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const line = new Line(`${scheme}//${location.host}${socketUrl}`, {
    message: (message) => talk.receive(message),
    up: () => {
      state.textContent = "";
      talk.restored();
    },
    down: () => {
      state.textContent = t("reconnecting");
      talk.dropped();
    },
  });
  const talk: Talk = new Talk(
    log,
    { send: (message) => line.send(message), replace: () => line.replace(), api },
    {
      busy: (busy) => {
        if (button) button.disabled = busy;
      },
      giveBack: (question) => {
        if (!input.value) input.value = question;
      },
      answered: (question, answer: Answer, bubble) => {
        last = question;
        hold(answer.conversation);
        if (answer.may_leave) {
          const leave = () => void openPerson(question);
          bubble.node.append(h("button", { type: "button", class: "button", click: leave }, t("leaveThis")));
        }
        later().then(
          ({ judging }) => bubble.node.append(judging(api, answer)),
          () => {}, // the answer is there; that it cannot be judged now is no harm
        );
      },
    },
  );

  const remember = async (conversation: string) => {
    try {
      const { recall } = await later();
      const ticket = await recall(api, conversation, log);
      if (ticket) (await withPerson()).show(ticket);
    } catch {
      if (device.held()) return; // offline: it is still ours
      talk.conversation = null;
      forget.hidden = true;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (talk.ask(input.value)) input.value = "";
  });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const suggestion = target.closest<HTMLElement>("[data-ask]");
    if (suggestion) {
      event.preventDefault();
      talk.ask(suggestion.dataset.ask || suggestion.textContent || "");
    } else if (target.closest("[data-person]")) {
      event.preventDefault();
      void openPerson(input.value || last);
    }
  });
  forget.addEventListener("click", async () => {
    try {
      if (talk.conversation) await api.call(`conversations/${talk.conversation}`, undefined, "DELETE");
    } catch {
      state.textContent = t("unforgotten");
      return;
    }
    device.hold((talk.conversation = null));
    person?.close();
    root.querySelector(".chat-past")?.remove();
    log.textContent = last = "";
    forget.hidden = true;
    state.textContent = t("forgotten");
    input.focus();
  });
  addEventListener("online", () => line.open());
  addEventListener("pageshow", () => line.open());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") line.open();
  });
  const maker = embedded === undefined && recogniser();
  if (maker && button) {
    const speak = h("button", { type: "button", class: "button chat-voice", "aria-pressed": "false", "aria-label": t("speak") });
    let voice: Voice | null = null;
    speak.addEventListener("click", async () => {
      const { Voice } = await later();
      voice ??= new Voice(input, speak, maker);
      voice.press();
    });
    button.before(speak);
  }

  if (embedded !== undefined) {
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape") parent.postMessage("chat:close", "*"); // says nothing that anybody may not know
    });
  }

  const earlier = shown ?? device.held();
  if (earlier) {
    hold(earlier);
    if (!shown) void remember(earlier);
  }
  line.open();
}

const root = document.getElementById("chat");
const form = root?.querySelector("form");
const log = root?.querySelector<HTMLElement>(".chat-log");
if (root && form && log) start(root, form, log);
