// The attempt as a value: merging, answering, marking, acknowledging, counting.
import { describe, expect, test } from "vitest";
import { isUnsaved, merge, reduce, superseded, tally } from "../src/exam/state";
import type { Answer, Sheet } from "../src/exam/types";
import { question } from "./exam-server";

const answer = (slot: number, response: string, seq: number, marked = false): Answer => ({ slot, response, marked, seq });

function sheet(answers: Answer[] = [], nextSeq = 1): Sheet {
  const questions = [question(1), question(2), question(3)];
  const rest = { attempt: "a", title: "t", token: "x", status: "in_progress", seconds_left: 60 };
  return { ...rest, next_seq: nextSeq, questions, answers };
}

describe("merge", () => {
  test("per slot the higher sequence number wins, from either side", () => {
    const state = merge(sheet([answer(1, "A", 5), answer(2, "B", 6)], 7), [answer(1, "C", 4), answer(2, "D", 8)]);
    expect(state.answers).toEqual({ 1: answer(1, "A", 5), 2: answer(2, "D", 8) });
    expect([1, 2].map((slot) => isUnsaved(state, slot))).toEqual([false, true]);
  });

  test("the next sequence number is above everything seen anywhere", () => {
    expect(merge(sheet([answer(1, "A", 5)], 6), []).nextSeq).toBe(6);
    expect(merge(sheet([answer(1, "A", 5)], 6), [answer(2, "B", 40)]).nextSeq).toBe(41);
    expect(merge(sheet([answer(1, "A", 9)], 6), []).nextSeq).toBe(10);
  });

  test("an entry for a slot or a letter that the paper does not have is left out", () => {
    const local = [answer(9, "A", 3), answer(1, "Z", 4), answer(2, "", 5)];
    expect(merge(sheet(), local).answers).toEqual({ 2: answer(2, "", 5) });
  });

  test("a resumed attempt opens at the first open question, a refreshed one stays where it was", () => {
    expect(merge(sheet([answer(1, "A", 1)]), []).at).toBe(1);
    expect(merge(sheet([answer(1, "A", 1)]), [], 2).at).toBe(2);
    expect(merge(sheet([answer(1, "A", 1), answer(2, "A", 2), answer(3, "A", 3)]), []).at).toBe(0);
  });
});

describe("reduce", () => {
  test("every change takes the next sequence number and keeps the other half of the answer", () => {
    let state = merge(sheet([], 17), []);
    state = reduce(state, { type: "choose", slot: 2, response: "B" });
    state = reduce(state, { type: "mark", slot: 2, marked: true });
    expect(state.answers[2]).toEqual(answer(2, "B", 18, true));
    expect(state.nextSeq).toBe(19);
  });

  test("choosing the same option again changes nothing", () => {
    const state = reduce(merge(sheet(), []), { type: "choose", slot: 1, response: "A" });
    expect(reduce(state, { type: "choose", slot: 1, response: "A" })).toBe(state);
    expect(reduce(state, { type: "mark", slot: 1, marked: false })).toBe(state);
  });

  test("taking a response back is a change with an empty response", () => {
    const state = reduce(merge(sheet([answer(1, "A", 3)], 4), []), { type: "choose", slot: 1, response: "" });
    expect(state.answers[1]).toEqual(answer(1, "", 4));
  });

  test("going outside the paper stays where it is", () => {
    const state = merge(sheet(), []);
    expect([-1, 3].map((at) => reduce(state, { type: "go", at }).at)).toEqual([0, 0]);
    expect(reduce(state, { type: "go", at: 2 }).at).toBe(2);
  });

  test("an answer is saved only by an acknowledgement that reaches its own sequence number", () => {
    let state = reduce(merge(sheet([], 5), []), { type: "choose", slot: 1, response: "A" });
    state = reduce(state, { type: "choose", slot: 1, response: "B" });
    state = reduce(state, { type: "acked", acks: [{ slot: 1, seq: 5 }] });
    expect(isUnsaved(state, 1)).toBe(true);
    state = reduce(state, { type: "acked", acks: [{ slot: 1, seq: 6 }] });
    expect(isUnsaved(state, 1)).toBe(false);
    state = reduce(state, { type: "acked", acks: [{ slot: 1, seq: 5 }] });
    expect(isUnsaved(state, 1)).toBe(false);
  });

  test("a higher acknowledgement than this page ever wrote means that the server holds something newer", () => {
    const state = reduce(merge(sheet([], 5), []), { type: "choose", slot: 1, response: "A" });
    expect([5, 6].map((seq) => superseded(state, [{ slot: 1, seq }]))).toEqual([false, true]);
  });
});

test("the tally numbers what is open, marked and unsaved from 1", () => {
  const state = merge(sheet([answer(1, "A", 1), answer(2, "", 2, true)], 3), [answer(3, "C", 4)]);
  expect(tally(state)).toEqual({ answered: 2, unanswered: [2], marked: [2], unsaved: [3] });
});
