// What wakes the desk: the second hand, the network coming and going, the page coming back.
import type { Desk } from "./desk";
import { t } from "./texts";

const PEEK_EVERY = 30_000;
const PEEK_SOON = 10_000; // while the network is away, or the clock stands still
const WARNINGS = [
  [600, "tenMinutes"],
  [60, "oneMinute"],
] as const;

/** Keep the desk's time, connection and warnings going until the attempt ends. */
export function watch(desk: Desk): void {
  let peeked = performance.now();
  let before = 0;

  const peek = () => {
    peeked = performance.now();
    if (desk.running && desk.sync.halt !== "lease") void desk.peek();
  };

  setInterval(() => {
    if (!desk.running) return;
    const left = desk.clock.left();
    desk.view.time(left);
    for (const [limit, text] of WARNINGS) if (left <= limit && before > limit) desk.view.announce(t(text));
    before = left;
    if (left <= 0) void desk.expire();
    const due = desk.sync.link === "up" && !desk.standing ? PEEK_EVERY : PEEK_SOON;
    if (desk.clock.slept() || performance.now() - peeked > due) peek();
  }, 1000);

  addEventListener("online", () => {
    desk.sync.reached();
    peek();
  });
  addEventListener("offline", () => desk.sync.lost());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") peek();
    desk.sync.retry();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && desk.running) void desk.fetch();
  });
  addEventListener("beforeunload", (event) => {
    if (!desk.unsent) return;
    event.preventDefault();
    event.returnValue = ""; // Chromium before 119 asks only when this is set
  });
}
