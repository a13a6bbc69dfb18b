// What this device asked before: read from the server, folded away, deleted at a word.
import { h } from "../dom";
import { Refusal, type ChatApi } from "./api";
import { AnswerBubble, asked } from "./bubbles";
import * as device from "./device";
import { judging } from "./judging";
import { t } from "./later-texts";
import type { Past, Ticket } from "./types";

/** Put the earlier turns before the log; return the ticket that belongs to them. Throws what the network throws. */
export async function recall(api: ChatApi, conversation: string, before: HTMLElement): Promise<Ticket | null> {
  let past: Past;
  try {
    past = await api.call<Past>(`conversations/${conversation}`);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) device.hold(null);
    throw error;
  }
  if (past.turns.length) before.before(folded(api, past));
  return past.ticket;
}

function folded(api: ChatApi, past: Past): HTMLElement {
  const turns = past.turns.map(({ question, answer, helped, complaint }) => {
    const bubble = new AnswerBubble();
    bubble.begin(answer.kind, answer.calls ?? []);
    bubble.finish(answer);
    bubble.node.append(judging(api, answer, { helped, complaint }));
    return [asked(question), bubble.node];
  });
  const summary = h("summary", {}, t("earlier", { count: past.turns.length }));
  return h("details", { class: "chat-past" }, summary, h("ol", { class: "chat-log" }, ...turns.flat()));
}
