// What the chat's server sends, over the socket in pieces or in one reply. What is unknown here is left out.
export type Kind = "answer" | "danger" | "choice" | "unknown" | "referral" | "refused";

export interface Citation {
  title: string;
  source: string;
  date: string;
  url: string;
}

export interface Choice {
  title: string;
  url: string;
}

/** A warning in force that belongs to the question. */
export interface Warning {
  title: string;
  url?: string;
  level?: string;
}

/** What ends an answer. */
export interface Ending {
  text: string;
  citations?: Citation[];
  choices?: Choice[];
  warnings?: Warning[];
  may_leave?: boolean;
}

/** A whole answer, as the POST replies and the history keeps it. */
export interface Answer extends Ending {
  id: string;
  conversation: string;
  kind: Kind;
  calls?: string[];
}

export type Message =
  | { type: "typing"; id?: string }
  | { type: "start"; id: string; conversation: string; kind: Kind; calls?: string[] }
  | { type: "delta"; id: string; at: number; text: string }
  | ({ type: "end"; id: string; conversation: string } & Ending)
  | { type: "error"; id?: string; message: string };

export interface Written {
  id: string;
  from_desk: boolean;
  text: string;
  sent_at: string;
}

/** A question for a person. */
export interface Ticket {
  id: string;
  conversation: string;
  question: string;
  state: "open" | "taken" | "answered" | "closed";
  staffed: boolean;
  opens: string | null;
  messages: Written[];
}

export interface Past {
  turns: { question: string; helped: boolean | null; complaint: string; answer: Answer }[];
  ticket: Ticket | null;
}
