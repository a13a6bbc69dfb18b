// What the chat's server sends, over the socket in pieces or in one reply.
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

/** A whole answer, as the POST replies. */
export interface Answer {
  conversation: string | null;
  kind: Kind;
  text: string;
  calls?: string[];
  citations?: Citation[];
  choices?: Choice[];
}

export type Message =
  | { type: "start"; conversation: string; kind: Kind; calls?: string[] }
  | { type: "delta"; text: string }
  | { type: "end"; text: string; conversation: string; citations?: Citation[]; choices?: Choice[] }
  | { type: "error"; message: string };
