/** Names that follow from what they name, so that asking twice finds what was made the first time. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const digest = (text: string): Uint8Array => sha256(utf8ToBytes(text));

/**
 * The magic number of one attempt, decimal: the first 63 bits of SHA-256(`id|attempt`), never 0,
 * which is what orders of no program carry. 63, because MetaTrader shows it as a signed integer.
 */
export function magicOf(intentId: string, attempt: number): string {
  const bytes = digest(`${intentId}|${attempt}`);
  const first64 = bytes.subarray(0, 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const magic = first64 >> 1n;
  return (magic === 0n ? 1n : magic).toString();
}

/** 26 characters, which is as much as brokers let stand of a comment. */
export function commentOf(intentId: string): string {
  return `o:${bytesToHex(digest(intentId)).slice(0, 24)}`;
}

/**
 * A UUID (version 8) for a part of a request: the same request and part give the same one.
 * `part` is an index or a word that is unique within the request.
 */
export function childId(requestId: string, part: string | number): string {
  const bytes = digest(`${requestId}|${part}`).slice(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return [8, 12, 16, 20, 32].map((to, k) => hex.slice([0, 8, 12, 16, 20][k], to)).join('-');
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** SHA-256, hex, of a request's JSON, however its keys are ordered; undefined counts as absent. */
export function requestHash(request: object): string {
  return bytesToHex(digest(canonical(request as JsonObject)));
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}
