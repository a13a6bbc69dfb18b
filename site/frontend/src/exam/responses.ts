// Whether a response can answer a question: what another version of this page left on the device may not.
import type { Question } from "./types";

export function fits(response: string, question: Question): boolean {
  if (response === "") return true;
  const letters = question.options.map(({ letter }) => letter);
  const known = (allowed: readonly string[]) => [...response].every((letter) => allowed.includes(letter));
  const different = new Set(response).size === response.length;
  switch (question.kind) {
    case "fill_in":
      return isList(response, question.width);
    case "ordering":
      return response.length === letters.length && different && known(letters);
    case "matching":
      return response.length === question.width && known([...letters, "-"]);
    case "multiple_choice":
      return different && known(letters) && [...response].sort().join("") === response;
    default:
      return letters.includes(response);
  }
}

function isList(response: string, width: number): boolean {
  try {
    const texts: unknown = JSON.parse(response);
    return Array.isArray(texts) && texts.length === width && texts.every((text) => typeof text === "string");
  } catch {
    return false;
  }
}
