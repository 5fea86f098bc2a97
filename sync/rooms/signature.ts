/** HMAC-SHA-256 by Web Crypto, which every host of a room has: in the server and on PartyKit. */

/** What a signature is for: one made for the one is worth nothing for the other. */
export type SignedThing = 'live ticket' | 'live poke';

/** A key that can be used and not be read. */
export async function signingKey(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(secret);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}

/** 64 hexadecimal digits. */
export async function sign(key: CryptoKey, thing: SignedThing, text: string): Promise<string> {
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(thing, text)));
  return [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Compared in constant time; false also for what is no signature at all. */
export async function isSigned(
  key: CryptoKey,
  thing: SignedThing,
  text: string,
  signature: string,
): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const mac = Uint8Array.from({ length: 32 }, (_, i) =>
    Number.parseInt(signature.slice(2 * i, 2 * i + 2), 16),
  );
  return crypto.subtle.verify('HMAC', key, mac, bytesOf(thing, text));
}

function bytesOf(thing: SignedThing, text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${thing}\n${text}`);
}
