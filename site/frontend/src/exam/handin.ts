// Handing in: first every answer, then the attempt itself, until there is a receipt.
import { backoff } from "../backoff";
import type { Sync } from "./sync";
import type { Receipt, Reply } from "./types";

const LONGEST = 15_000;

export type Step = "uploading" | "submitting";

export type Outcome =
  | { kind: "receipt"; receipt: Receipt }
  | { kind: "refused" } // the server called some answers invalid: the candidate decides
  | { kind: "lease" | "closed" | "cancelled" };

export interface HandIn {
  sync: Sync;
  submit: () => Promise<Reply<Receipt>>;
  renew: () => Promise<boolean>;
  step: (step: Step) => void;
  cancelled: () => boolean;
  /** Hand in although answers were refused: time is up, or the candidate said so. */
  anyway: boolean;
}

/** Wait for the last acknowledgement, submit, and try again until the server gives a receipt or a reason why not. */
export async function handIn({ sync, submit, renew, step, cancelled, anyway }: HandIn): Promise<Outcome> {
  step("uploading");
  sync.retry();
  await sync.drained();
  if (cancelled()) return { kind: "cancelled" };
  if (sync.halt === "lease" || sync.halt === "closed") return { kind: sync.halt };
  if (!anyway && sync.refusals.length) return { kind: "refused" };
  step("submitting");
  for (let failures = 1; ; failures += 1) {
    const reply = await submit();
    if (reply.ok) return { kind: "receipt", receipt: reply.data };
    if (reply.why === "lease" || reply.why === "closed") return { kind: reply.why };
    if (reply.why === "token") await renew();
    sync.lost(reply.why === "login" ? "login" : "down");
    await pause(backoff(failures, LONGEST));
    if (cancelled()) return { kind: "cancelled" };
  }
}

/** Wait, but no longer than until the network is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    addEventListener("online", go);
  });
}
