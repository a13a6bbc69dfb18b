// Where an answer is given: one for each kind of question.
import type { Question } from "../types";
import { BlanksField } from "./blanks";
import { ChoiceField } from "./choice";
import { MatchField } from "./match";
import { OrderField } from "./order";

/** A field shows a response and tells of every change of it; how responses are written see exams/rules/responses.py. */
export interface Field {
  readonly node: HTMLElement;
  show(response: string, locked: boolean): void;
  /** Answer by a key pressed anywhere in the question; false if the key means nothing here. */
  key(key: string): boolean;
  /** Tell what was typed and not told yet. */
  flush(): void;
}

export type Respond = (response: string) => void;

export function fieldFor(question: Question, respond: Respond): Field {
  switch (question.kind) {
    case "fill_in":
      return new BlanksField(question, respond);
    case "ordering":
      return new OrderField(question, respond);
    case "matching":
      return new MatchField(question, respond);
    default:
      return new ChoiceField(question, respond);
  }
}
