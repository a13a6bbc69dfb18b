// What the exam's server and this page tell each other.
export interface Option {
  letter: string;
  text: string;
}

export type Kind = "true_false" | "single_choice" | "multiple_choice" | "fill_in" | "ordering" | "matching";

/** A picture or a film in a stem. */
export interface Medium {
  id: number;
  film: boolean;
  alt: string;
}

/** A question as printed; `width` counts the places of its answer, `lefts` are the left sides of a match. */
export interface Question {
  slot: number;
  kind: Kind;
  stem: string;
  options: Option[];
  width: number;
  marks: string;
  lefts: string[];
  media: Medium[];
  case: string;
}

/** What an invigilator said to this candidate or to the room. */
export interface Message {
  id: number;
  text: string;
  at: string;
}

/** One slot's answer; an empty response is one taken back; `seq` counts every change of the attempt. */
export interface Answer {
  slot: number;
  response: string;
  marked: boolean;
  seq: number;
}

/** The sequence number that the server holds for a slot. */
export interface Ack {
  slot: number;
  seq: number;
}

/** The whole attempt as the server knows it; fetching it takes the lease. */
export interface Sheet {
  attempt: string;
  title: string;
  token: string;
  status: string;
  seconds_left: number;
  next_seq: number;
  questions: Question[];
  answers: Answer[];
  paused?: boolean;
  messages?: Message[];
  calculator?: boolean;
  full_screen?: boolean;
  emergency_key?: string;
}

export interface Saved {
  acks: Ack[];
  seconds_left: number;
}

export interface Receipt {
  receipt: string;
  submitted_at: string;
  answered: number;
}

export interface Peek {
  seconds_left: number;
  status: string;
  paused?: boolean;
  messages?: Message[];
}

/**
 * Why a call did not do what it was asked.
 * network: no reply within 10 s; server: 5xx, try again; login: the session is over; missing: not this person's;
 * token, invalid: 403, 400; lease, closed, late, device, place: the reasons of a 409.
 */
export type Failure = "network" | "server" | "login" | "missing" | "token" | "invalid" | "lease" | "closed" | "late" | "device" | "place";

export type Reply<Data> = { ok: true; data: Data } | { ok: false; why: Failure; receipt: string | null; message: string };

/** Something that this page noticed; recorded, never punished. */
export interface Noticed {
  kind: "focus_lost" | "full_screen_left" | "second_tab" | "copy" | "paste";
  seconds?: number;
}
