// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from "vitest";
import { clockface, WaitingRoom } from "../src/exam/waitingroom";

beforeEach(() => {
  document.documentElement.lang = "en";
  document.body.innerHTML = `<div data-waiting-room="/waiting/" data-runner-url="/exam/">
    <p data-countdown hidden></p><ul data-reasons hidden></ul></div>`;
});

function waiting(body: object | null, status = 200) {
  const goTo = vi.fn();
  const answer = body ? new Response(JSON.stringify(body), { status }) : null;
  const fetcher = () => (answer ? Promise.resolve(answer) : Promise.reject(new TypeError("network")));
  return { goTo, room: new WaitingRoom(document.querySelector("[data-waiting-room]")!, fetcher, goTo) };
}

it("counts down and says what still stands against it", async () => {
  const { room } = waiting({ status: "scheduled", seconds_to_opening: 90, reasons: ["Check in first."] });
  expect(await room.ask()).toBe(false);
  expect(document.querySelector("[data-countdown]")?.textContent).toBe("The sitting opens in 01:30");
  expect(document.querySelector<HTMLElement>("[data-reasons]")?.hidden).toBe(false);
  expect(document.querySelector("[data-reasons]")?.textContent).toBe("Check in first.");
});

it("goes in once the room has begun", async () => {
  const { room, goTo } = waiting({ status: "in_progress", seconds_to_opening: 0, reasons: [] });
  expect(await room.ask()).toBe(true);
  expect(goTo).toHaveBeenCalledWith("/exam/");
});

it.each([[null], [{ status: "scheduled" }]])("waits on while the server does not answer", async (body) => {
  const { room, goTo } = waiting(body, 503);
  expect(await room.ask()).toBe(false);
  expect(goTo).not.toHaveBeenCalled();
});

it("writes hours only where there are any", () => {
  expect([clockface(65), clockface(3725)]).toEqual(["01:05", "1:02:05"]);
});
