// @vitest-environment jsdom
// A page that waits reloads when what it waits for is there, and not before.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { waitFor } from "../src/waiting";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function wait(...answers: (Response | Error)[]): () => number {
  document.body.innerHTML = `<section data-waiting="3"></section>`;
  let reloads = 0;
  const fetcher = (async () => {
    const answer = answers.shift();
    if (!(answer instanceof Response)) throw answer ?? new Error("asked too often");
    return answer;
  }) as typeof fetch;
  waitFor(document.querySelector<HTMLElement>("[data-waiting]")!, fetcher, () => (reloads += 1));
  return () => reloads;
}

test("it reloads once the page no longer waits, whatever failed before", async () => {
  const reloads = wait(
    new Response(`<section data-waiting="3">`),
    new TypeError("offline"),
    new Response("", { status: 502 }),
    new Response("<img>"),
  );
  await vi.advanceTimersByTimeAsync(11_999);
  expect(reloads()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reloads()).toBe(1);
});

test("while it waits it shows how far the work is", async () => {
  const reloads = wait(new Response(`<section data-waiting="3"><p>12 %</p></section>`));
  await vi.advanceTimersByTimeAsync(3000);
  expect(document.querySelector("[data-waiting]")!.innerHTML).toBe("<p>12 %</p>");
  expect(reloads()).toBe(0);
});

test("it asks nothing while nobody looks", async () => {
  const visible = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  const reloads = wait(new Response("<img>"));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(reloads()).toBe(0);
  visible.mockReturnValue("visible");
  await vi.advanceTimersByTimeAsync(3000);
  expect(reloads()).toBe(1);
});
