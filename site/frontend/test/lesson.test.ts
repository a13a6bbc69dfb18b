// @vitest-environment jsdom
// Study time: counted while the page is in sight, and a video only while it plays.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Lesson } from "../src/lesson";

let beats: string[];
let credit: object;
let visible: boolean;
let status: number;

beforeEach(() => {
  vi.useFakeTimers();
  [beats, visible, status] = [[], true, 200];
  credit = { credited: 45, required: 720, completed: false };
  document.documentElement.lang = "zh-hans";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => (visible ? "visible" : "hidden"));
});

afterEach(() => vi.useRealTimers());

async function open(inner = "", kind = "text"): Promise<HTMLElement> {
  document.body.innerHTML = `<div id="lesson" data-kind="${kind}" data-beat-url="/beat/" data-csrf="tok">
    <span data-credited></span><progress></progress>${inner}</div><button data-next disabled>下一课</button>`;
  const root = document.getElementById("lesson")!;
  const mine = beats; // lessons of earlier tests go on listening to the document
  new Lesson(root, (async (url: string, init: RequestInit) => {
    mine.push(`${url} ${new Headers(init.headers).get("X-CSRFToken")}`);
    return new Response(JSON.stringify(credit), { status, headers: { "content-type": "application/json" } });
  }) as typeof fetch);
  await vi.advanceTimersByTimeAsync(0);
  return root;
}

async function show(next: boolean): Promise<void> {
  visible = next;
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.advanceTimersByTimeAsync(0);
}

test("it beats at once and every fifteen seconds, and shows what the server credits", async () => {
  const root = await open();
  await vi.advanceTimersByTimeAsync(45_000);
  expect(beats).toEqual(Array(4).fill("/beat/ tok"));
  expect(root.querySelector("[data-credited]")!.textContent).toBe("45");
  expect([root.querySelector("progress")!.value, root.querySelector("progress")!.max]).toEqual([45, 720]);
});

test("a hidden page does not beat", async () => {
  await open();
  await show(false);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(beats.length).toBe(1);
  await show(true);
  expect(beats.length).toBe(2);
});

test("a video lesson beats only while the video plays", async () => {
  const root = await open("<video></video>", "video");
  expect(beats.length).toBe(0);
  const video = root.querySelector("video")!;
  vi.spyOn(video, "paused", "get").mockReturnValue(false);
  video.dispatchEvent(new Event("play"));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(beats.length).toBe(2);
  vi.spyOn(video, "paused", "get").mockReturnValue(true);
  video.dispatchEvent(new Event("pause"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(beats.length).toBe(2);
});

test("the next lesson opens when the server says completed, and the beating ends", async () => {
  credit = { credited: 720, required: 720, completed: true };
  await open();
  expect(document.querySelector<HTMLButtonElement>("[data-next]")!.disabled).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(beats).toEqual(["/beat/ tok"]);
});

test("a lesson that the course does not ask for stops beating", async () => {
  status = 409;
  await open();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(beats.length).toBe(1);
});

test("a lost login is said, and the beating goes on for when it is back", async () => {
  status = 403;
  const root = await open();
  expect(root.querySelector("[role=status]")!.textContent).toBe("登录已失效，学时不再累计。请重新登录。");
  status = 200;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(root.querySelector("[role=status]")!.textContent).toBe("");
});
