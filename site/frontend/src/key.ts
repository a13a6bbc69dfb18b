// Keys that a page makes itself, so that sending twice is once.

/** Return a random UUID, also where the browser has no `crypto.randomUUID` (before 2021, or without TLS). */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 4, 4, 4, 12].map(((at) => (size: number) => hex.slice(at, (at += size)))(0)).join("-");
}
