// The emergency file: only the server's private key opens it.
import { expect, test } from "vitest";
import { canSeal, seal } from "../src/exam/emergency";

const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const RSA = { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };

test("what is sealed comes out by the private key, and nothing of it is readable", async () => {
  const pair = await crypto.subtle.generateKey(RSA, true, ["wrapKey", "unwrapKey"]);
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const answers = [{ slot: 3, response: "ABCD", marked: false, seq: 9 }];
  const written = await seal("11111111-2222", answers, btoa(String.fromCharCode(...spki)));
  const file = JSON.parse(written) as Record<"attempt" | "key" | "iv" | "data", string> & { v: number };
  const aes = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.unwrapKey("raw", bytes(file.key), pair.privateKey, RSA, aes, false, ["decrypt"]);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(file.iv) }, key, bytes(file.data));
  expect([file.v, file.attempt]).toEqual([1, "11111111-2222"]);
  expect(JSON.parse(new TextDecoder().decode(plain))).toEqual({ attempt: "11111111-2222", answers });
  expect(written).not.toContain("ABCD");
});

test("without a key of the server no file is offered", () => {
  expect([canSeal(""), canSeal("AAAA")]).toEqual([false, true]);
});
