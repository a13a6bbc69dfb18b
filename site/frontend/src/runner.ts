// The exam page: one attempt from opening to receipt.
import { backoff } from "./backoff";
import { fill } from "./dom";
import { ExamApi } from "./exam/api";
import { Clock } from "./exam/clock";
import { Desk } from "./exam/desk";
import { turnedAway, unopened } from "./exam/ending";
import { Watcher } from "./exam/integrity";
import { Queue } from "./exam/queue";
import { watch } from "./exam/watch";

async function start(root: HTMLElement): Promise<void> {
  const { stateUrl = "", answersUrl = "", submitUrl = "", resultUrl = "", loginUrl = "" } = root.dataset;
  const { eventsUrl = "", mediaUrl = "" } = root.dataset;
  const attempt = stateUrl.split("/").filter(Boolean).pop() ?? "";
  const api = new ExamApi({ state: stateUrl, answers: answersUrl, submit: submitUrl, events: eventsUrl });
  const urls = { result: resultUrl, login: loginUrl, media: mediaUrl };
  const desk = new Desk(root, api, await Queue.open(attempt), new Clock(), urls, attempt);
  for (let failures = 1; !(await desk.fetch()) && !desk.ended; failures += 1) {
    await new Promise<void>((resolve) => {
      const login = desk.sync.link === "login" ? loginUrl : null;
      fill(root, desk.refused ? turnedAway(desk.refused, resolve) : unopened(login, resolve));
      setTimeout(resolve, backoff(failures, 15_000));
    });
  }
  watch(desk);
  if (!desk.ended) new Watcher((events) => api.notice(events)).watch(attempt, desk.fullScreen);
}

const root = document.getElementById("runner");
if (root) void start(root);
