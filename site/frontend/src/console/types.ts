// What the console and its server tell each other.
export type State =
  | "scheduled"
  | "checked_in"
  | "in_progress"
  | "paused"
  | "submitted"
  | "graded"
  | "voided"
  | "absent";

/** One candidate of the room; times are ISO, spans whole seconds. */
export interface Place {
  attempt: string;
  seat: number | null;
  ticket: string;
  name: string;
  state: State;
  answered: number;
  questions: number;
  last_seen: string | null;
  seconds_left: number | null;
  extra_seconds: number;
  incidents: number;
  integrity: number;
  bound: boolean;
}

/** The room at the server's `now`. */
export interface Room {
  now: string;
  opens_at: string;
  closes_at: string;
  passcode: string;
  starts_together: boolean;
  needs_check_in: boolean;
  takeover: "newest" | "released";
  room_started_at: string | null;
  places: Place[];
}

export interface Line {
  at: string;
  kind: "incident" | "allowance" | "message" | "integrity";
  title: string;
  text: string;
  by: string;
}

/** Whose admission ticket it is. */
export interface Ticket {
  admission: number;
  ticket: string;
  seat: number | null;
  name: string;
  id_number: string;
  photo: string | null;
  checked_in_at: string | null;
  cancelled: boolean;
}

/** What an act did, or why it did nothing: said, or told by field. */
export interface Outcome {
  ok: boolean;
  message: string;
  errors: Record<string, string[]>;
  look: { newer: number; applied: boolean } | null;
}
