// What the exam's server and this page tell each other.
export interface Option {
  letter: string;
  text: string;
}

export interface Question {
  slot: number;
  kind: "true_false" | "single_choice";
  stem: string;
  options: Option[];
}

/** One slot's answer; an empty response is an answer taken back; `seq` counts every change of the attempt. */
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
}

/**
 * Why a call did not do what it was asked.
 * network: no reply within 10 s; server: 5xx, try again; login: the session is over; missing: not this person's;
 * token, invalid: 403, 400; lease, closed, late: the reasons of a 409.
 */
export type Failure = "network" | "server" | "login" | "missing" | "token" | "invalid" | "lease" | "closed" | "late";

export type Reply<Data> = { ok: true; data: Data } | { ok: false; why: Failure; receipt: string | null };
