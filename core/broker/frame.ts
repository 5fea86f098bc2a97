/**
 * A frame of `offing.v1` and what its seal is made over.
 *
 * A frame is the JSON `{v, q, ack, t, b, m}`: version 1; the sender's sequence, from 1; the last
 * sequence in a row that was received from the other side, from 0; the type of the message; the
 * message as JSON *text*, so that the seal covers exactly the bytes that arrived; the seal. The
 * seal is HMAC-SHA256, hex, under the session's key over `1|session|s or c|q|ack|t|b`, where s is
 * what a server says and c what a connector says.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fail, ok, type Result } from '#core/result.ts';

export const PROTOCOL = 'offing.v1';

export type Speaker = 's' | 'c';

export interface Frame {
  readonly v: 1;
  readonly q: number;
  readonly ack: number;
  readonly t: string;
  readonly b: string;
  readonly m: string;
}

export interface Sealing {
  readonly session: string;
  /** The session's key, see `handshake.ts`. */
  readonly key: string;
  readonly speaker: Speaker;
}

/** Hex. Key and text are taken as UTF-8. */
export function hmacHex(key: string, text: string): string {
  return bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes(text)));
}

/** What a frame's seal is made over. */
export function frameText(
  { session, speaker }: Omit<Sealing, 'key'>,
  { q, ack, t, b }: Omit<Frame, 'v' | 'm'>,
): string {
  return `1|${session}|${speaker}|${q}|${ack}|${t}|${b}`;
}

/** The text of a frame for the wire. */
export function writeFrame(
  sealing: Sealing,
  content: { readonly q: number; readonly ack: number; readonly message: { readonly t: string } },
): string {
  const { q, ack, message } = content;
  const open = { q, ack, t: message.t, b: JSON.stringify(message) };
  return JSON.stringify({ v: 1, ...open, m: hmacHex(sealing.key, frameText(sealing, open)) });
}

export type FrameFault = 'not-json' | 'version' | 'shape';

/** A frame as it came; nothing in it is to be believed before `isSealed` says so. */
export function readFrame(text: string): Result<Frame, FrameFault> {
  const said = parsed(text);
  if (!isRecord(said)) return fail('not-json');
  const { v, q, ack, t, b, m } = said;
  if (v !== 1) return fail('version');
  const isWhole =
    isCount(q) &&
    q > 0 &&
    isCount(ack) &&
    typeof t === 'string' &&
    /^[a-z-]{1,32}$/.test(t) &&
    typeof b === 'string' &&
    typeof m === 'string' &&
    /^[0-9a-f]{64}$/.test(m);
  return isWhole ? ok({ v, q, ack, t, b, m }) : fail('shape');
}

export function isSealed(sealing: Sealing, frame: Frame): boolean {
  return isSameSeal(frame.m, hmacHex(sealing.key, frameText(sealing, frame)));
}

/** Whether two seals are the same, in a time that does not tell where they differ. */
export function isSameSeal(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let k = 0; k < b.length; k++) difference |= (a.charCodeAt(k) || 0) ^ b.charCodeAt(k);
  return difference === 0;
}

/** The message of a frame, not yet checked for its shape; null where it is not an object of its type. */
export function messageOf(frame: Frame): Readonly<Record<string, unknown>> | null {
  const message = parsed(frame.b);
  return isRecord(message) && message['t'] === frame.t ? message : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
