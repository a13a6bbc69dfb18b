// The time left: the server's word, a monotonic timer, and a device that sleeps.
import { expect, test } from "vitest";
import { Clock, written } from "../src/exam/clock";

function device() {
  const now = { monotonic: 5_000, wall: 1_800_000_000_000 };
  const clock = new Clock(() => now.monotonic, () => now.wall);
  const pass = (ms: number) => {
    now.monotonic += ms;
    now.wall += ms;
  };
  return { now, clock, pass };
}

test("time runs down from the server's word and stops at zero", () => {
  const { clock, pass } = device();
  clock.set(90);
  pass(30_500);
  expect(clock.left()).toBe(59.5);
  pass(100_000);
  expect(clock.left()).toBe(0);
});

test("each reply of the server corrects the time, up and down", () => {
  const { clock, pass } = device();
  clock.set(100);
  pass(10_000);
  clock.set(300);
  pass(1_000);
  expect(clock.left()).toBe(299);
  clock.set(20);
  expect(clock.left()).toBe(20);
});

test("a wall clock set an hour forward or back does not move the time left", () => {
  const { clock, now, pass } = device();
  clock.set(600);
  now.wall += 3_600_000;
  pass(1_000);
  expect(clock.left()).toBe(599);
  now.wall -= 7_200_000;
  expect(clock.left()).toBe(599);
});

test("a sleep in which the monotonic timer stood still is noticed once, and the server puts the time right", () => {
  const { clock, now, pass } = device();
  clock.set(600);
  pass(1_000);
  expect(clock.slept()).toBe(false);
  now.wall += 120_000;
  expect(clock.slept()).toBe(true);
  expect(clock.slept()).toBe(false);
  clock.set(479);
  pass(1_000);
  expect(clock.left()).toBe(478);
});

test("a sleep in which the monotonic timer went on needs no correction", () => {
  const { clock, pass } = device();
  clock.set(600);
  pass(120_000);
  expect(clock.left()).toBe(480);
  expect(clock.slept()).toBe(false);
});

test("seconds are written with hours only where there are hours, and rounded up", () => {
  expect([7200, 5345, 59.2, 0].map(written)).toEqual(["2:00:00", "1:29:05", "01:00", "00:00"]);
});
