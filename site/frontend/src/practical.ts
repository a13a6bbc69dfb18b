// The score sheet of a practical exam. Without this script the page is a plain form that does the same.
import { Queue } from "./exam/queue";
import { SheetApi } from "./practical/api";
import { Board } from "./practical/board";
import { Pad } from "./practical/pad";
import { Times } from "./practical/times";

const NOTE_PAUSE = 400;

async function start(root: HTMLFormElement): Promise<void> {
  const { sheet = "", stateUrl = "", photosUrl = "" } = root.dataset;
  const token = (root.elements.namedItem("csrfmiddlewaretoken") as HTMLInputElement).value;
  const canvas = document.querySelector<HTMLCanvasElement>("#pad");
  const pad = canvas && new Pad(canvas);
  const api = new SheetApi({ state: stateUrl, photos: photosUrl }, token);
  const board = new Board(root, api, await Queue.open(sheet), new Times(sheet, localStorage), pad);

  let pause: ReturnType<typeof setTimeout> | undefined;
  let pressed: Element | null = null; // Safari before 15.4 does not say which button submits
  root.addEventListener("change", (event) => board.changed(event.target));
  root.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.note) return;
    clearTimeout(pause);
    pause = setTimeout(() => board.changed(target), NOTE_PAUSE);
  });
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button?.type === "submit") pressed = button;
    if (button?.dataset.timer !== undefined) board.start(button.closest<HTMLElement>("[data-task]")?.dataset.task ?? "");
    if (button?.dataset.clear !== undefined) pad?.clear();
  });
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = (event as SubmitEvent).submitter ?? pressed ?? root.querySelector("[data-save]");
    if (button instanceof HTMLButtonElement) void board.send(button);
  });
  addEventListener("online", () => board.sync.reached());
  addEventListener("offline", () => board.sync.lost());
  document.addEventListener("visibilitychange", () => board.sync.retry());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  addEventListener("beforeunload", (event) => {
    if (!board.unsent) return;
    event.preventDefault();
    event.returnValue = ""; // Chromium before 119 asks only when this is set
  });

  root.noValidate = true;
  for (const hidden of root.querySelectorAll(".sheet-timer, .sheet-pad")) hidden.removeAttribute("hidden");
  board.tick();
  setInterval(() => board.tick(), 1000);
}

const root = document.querySelector<HTMLFormElement>("form#sheet");
if (root) void start(root);
