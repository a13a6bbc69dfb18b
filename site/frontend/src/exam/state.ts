// The attempt as this page shows it: a value, and the only ways it changes. No page, no network, no clock.
import { fits } from "./responses";
import type { Ack, Answer, Question, Sheet } from "./types";

export interface ExamState {
  readonly title: string;
  readonly questions: readonly Question[];
  readonly answers: Readonly<Record<number, Answer>>; // by slot
  readonly held: Readonly<Record<number, number>>; // the sequence number that the server holds, by slot
  readonly at: number; // index of the question on screen
  readonly nextSeq: number;
}

export type Change =
  | { type: "choose"; slot: number; response: string }
  | { type: "mark"; slot: number; marked: boolean }
  | { type: "go"; at: number }
  | { type: "acked"; acks: Ack[] };

/** Merge what the server holds with what this device still had to send: the higher sequence number wins. */
export function merge(sheet: Sheet, local: readonly Answer[], at?: number): ExamState {
  const answers: Record<number, Answer> = {};
  const held: Record<number, number> = {};
  for (const answer of sheet.answers) {
    answers[answer.slot] = answer;
    held[answer.slot] = answer.seq;
  }
  for (const answer of local) {
    const question = sheet.questions.find(({ slot }) => slot === answer.slot);
    if (question && fits(answer.response, question) && answer.seq > (held[answer.slot] ?? -1)) answers[answer.slot] = answer;
  }
  const highest = Math.max(0, ...local.map((answer) => answer.seq), ...sheet.answers.map((answer) => answer.seq));
  const firstOpen = sheet.questions.findIndex((question) => !answers[question.slot]?.response);
  return {
    title: sheet.title,
    questions: sheet.questions,
    answers,
    held,
    at: at ?? Math.max(0, firstOpen),
    nextSeq: Math.max(sheet.next_seq, highest + 1),
  };
}

/** Return the state after a change; the same object if nothing changed. */
export function reduce(state: ExamState, change: Change): ExamState {
  switch (change.type) {
    case "choose":
      return write(state, change.slot, { response: change.response });
    case "mark":
      return write(state, change.slot, { marked: change.marked });
    case "go":
      return change.at in state.questions && change.at !== state.at ? { ...state, at: change.at } : state;
    case "acked":
      return acked(state, change.acks);
  }
}

function write(state: ExamState, slot: number, part: { response?: string; marked?: boolean }): ExamState {
  const old = state.answers[slot] ?? { slot, response: "", marked: false, seq: 0 };
  const answer = { ...old, ...part, seq: state.nextSeq };
  if (answer.response === old.response && answer.marked === old.marked) return state;
  return { ...state, answers: { ...state.answers, [slot]: answer }, nextSeq: state.nextSeq + 1 };
}

function acked(state: ExamState, acks: Ack[]): ExamState {
  const held = { ...state.held };
  for (const { slot, seq } of acks) held[slot] = Math.max(seq, held[slot] ?? 0);
  return { ...state, held };
}

/** Say whether the server holds something newer than this page for one of `acks`. */
export function superseded(state: ExamState, acks: readonly Ack[]): boolean {
  return acks.some(({ slot, seq }) => seq > (state.answers[slot]?.seq ?? 0));
}

export interface Tally {
  answered: number;
  unanswered: number[]; // numbers as the candidate sees them, from 1
  marked: number[];
  unsaved: number[];
}

/** Count what is answered, open, marked and not yet at the server. */
export function tally(state: ExamState): Tally {
  const numbers = (wanted: (slot: number) => boolean) =>
    state.questions.map(({ slot }, index) => (wanted(slot) ? index + 1 : 0)).filter((number) => number > 0);
  const unanswered = numbers((slot) => !state.answers[slot]?.response);
  return {
    answered: state.questions.length - unanswered.length,
    unanswered,
    marked: numbers((slot) => state.answers[slot]?.marked ?? false),
    unsaved: numbers((slot) => isUnsaved(state, slot)),
  };
}

/** Say whether the slot's newest answer is not acknowledged. */
export function isUnsaved(state: ExamState, slot: number): boolean {
  return (state.answers[slot]?.seq ?? 0) > (state.held[slot] ?? 0);
}
