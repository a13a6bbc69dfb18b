// @vitest-environment jsdom
// The calculator, and what the page notices.
import { expect, test, vi } from "vitest";
import { CLEARED, press } from "../src/exam/calculator";
import { Watcher } from "../src/exam/integrity";
import type { Noticed } from "../src/exam/types";

const typed = (keys: string) => [...keys].reduce(press, CLEARED).shown;

test.each([
  ["12+7=", "19"],
  ["2+3×4=", "20"], // step by step, as a pocket calculator
  ["220÷2.2=", "100"],
  ["9√", "3"],
  ["5±+8=", "3"],
  ["1÷0=", "E"],
  ["0.1+0.2=", "0.3"],
  ["12←3", "13"],
  ["7+=", "14"],
  ["5C", "0"],
  ["1..5", "1.5"],
])("%s shows %s", (keys, shown) => expect(typed(keys)).toBe(shown));

test("the time away is noticed once, and told in one batch", async () => {
  vi.useFakeTimers();
  const sent: Noticed[][] = [];
  let now = 0;
  const watcher = new Watcher(async (events) => void sent.push(events), () => now);
  watcher.watch("a", false);
  window.dispatchEvent(new Event("blur"));
  now = 4000;
  window.dispatchEvent(new Event("focus"));
  window.dispatchEvent(new Event("focus"));
  document.dispatchEvent(new Event("copy"));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual([[{ kind: "focus_lost", seconds: 4 }, { kind: "copy" }]]);
  vi.useRealTimers();
});
