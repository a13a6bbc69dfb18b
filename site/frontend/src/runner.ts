// The exam page: one attempt from opening to receipt.
import { backoff } from "./backoff";
import { fill } from "./dom";
import { ExamApi } from "./exam/api";
import { Clock } from "./exam/clock";
import { Desk } from "./exam/desk";
import { unopened } from "./exam/ending";
import { Queue } from "./exam/queue";
import { watch } from "./exam/watch";

async function start(root: HTMLElement): Promise<void> {
  const { stateUrl = "", answersUrl = "", submitUrl = "", resultUrl = "", loginUrl = "" } = root.dataset;
  const attempt = stateUrl.split("/").filter(Boolean).pop() ?? "";
  const api = new ExamApi({ state: stateUrl, answers: answersUrl, submit: submitUrl });
  const desk = new Desk(root, api, await Queue.open(attempt), new Clock(), { result: resultUrl, login: loginUrl });
  for (let failures = 1; !(await desk.fetch()) && !desk.ended; failures += 1) {
    await new Promise<void>((resolve) => {
      fill(root, unopened(desk.sync.link === "login" ? loginUrl : null, resolve));
      setTimeout(resolve, backoff(failures, 15_000));
    });
  }
  watch(desk);
}

const root = document.getElementById("runner");
if (root) void start(root);
