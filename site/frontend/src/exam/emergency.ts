// The emergency answer file: what could not be sent, sealed for the server; the invigilator hands it in.
import type { Answer } from "./types";

const text = (bytes: ArrayBuffer | Uint8Array) => {
  let binary = "";
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte);
  return btoa(binary);
};

/** Whether this browser can seal: WebCrypto is there only on secure pages. */
export const canSeal = (key: string): boolean => key !== "" && typeof crypto !== "undefined" && !!crypto.subtle;

/** Seal the answers with the server's public key (SPKI, base64): RSA-OAEP-256 wraps an AES-256-GCM key. */
export async function seal(attempt: string, answers: readonly Answer[], publicKey: string): Promise<string> {
  const spki = Uint8Array.from(atob(publicKey), (letter) => letter.charCodeAt(0));
  const wrapper = await crypto.subtle.importKey("spki", spki, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["wrapKey"]);
  const sealing = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify({ attempt, answers }));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, sealing, plain);
  const key = await crypto.subtle.wrapKey("raw", sealing, wrapper, { name: "RSA-OAEP" });
  return JSON.stringify({ v: 1, attempt, key: text(key), iv: text(iv), data: text(data) });
}

/** Offer the file for saving. */
export function keep(content: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
