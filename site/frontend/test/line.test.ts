// @vitest-environment jsdom
// The socket that opens again.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Line } from "../src/chat/line";

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  onopen = () => {};
  onclose: (event: { code: number }) => void = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  constructor() {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  close(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

let said: object[];
let downs: number;
let line: Line;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.all = [];
  [said, downs] = [[], 0];
  const on = { message: (message: object) => said.push(message), up() {}, down: () => (downs += 1) };
  line = new Line("ws://x/ws/chat/", on, () => new FakeSocket() as unknown as WebSocket);
  line.open();
});

afterEach(() => vi.useRealTimers());

test("a socket that is not open takes nothing", () => {
  expect(line.send({ question: "一" })).toBe(false);
  FakeSocket.all[0]!.open();
  expect(line.send({ question: "一" })).toBe(true);
  expect(FakeSocket.all[0]!.sent).toEqual(['{"question":"一"}']);
});

test("after a break it opens again after 1, 2 and 4 seconds, and from 1 again once it was open", async () => {
  for (const wait of [1000, 2000, 4000]) {
    FakeSocket.all[FakeSocket.all.length - 1]!.close();
    const count = FakeSocket.all.length;
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(FakeSocket.all.length).toBe(count);
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeSocket.all.length).toBe(count + 1);
  }
  FakeSocket.all[3]!.open();
  FakeSocket.all[3]!.close();
  await vi.advanceTimersByTimeAsync(1000);
  expect(FakeSocket.all.length).toBe(5);
  expect(downs).toBe(4);
});

test("a socket that the server closed for idleness opens again only when something is to be sent", async () => {
  FakeSocket.all[0]!.open();
  FakeSocket.all[0]!.close(1000);
  await vi.advanceTimersByTimeAsync(120_000);
  expect([FakeSocket.all.length, downs]).toEqual([1, 0]);
  expect(line.send({ question: "一" })).toBe(false);
  expect(FakeSocket.all.length).toBe(2);
});

test("a replaced socket is not heard any more", () => {
  const [old] = FakeSocket.all;
  old!.open();
  line.replace();
  old!.onmessage({ data: '{"type":"delta","text":"迟到"}' });
  FakeSocket.all[1]!.onmessage({ data: '{"type":"delta","text":"新"}' });
  FakeSocket.all[1]!.onmessage({ data: "not json" });
  expect(said).toEqual([{ type: "delta", text: "新" }]);
  expect(downs).toBe(0);
});
