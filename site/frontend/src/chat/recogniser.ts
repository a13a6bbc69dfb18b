// Whether this browser turns speech into text.

export interface Recognition {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
}

export type Maker = new () => Recognition;

/** Return what recognises speech, or null: then no button is shown. */
export function recogniser(from: object = window): Maker | null {
  const found = from as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return found.SpeechRecognition ?? found.webkitSpeechRecognition ?? null;
}
