/**
 * Hybrid logical clock: stamps that sort as text, never go backward, and name the replica.
 *
 * A stamp is 9 base-36 digits of milliseconds, 4 of a counter, and the node id: 19 characters.
 */

/** `kt5m0000000000a1b2c3`: compare with `<` and `>`. The empty text is older than any stamp. */
export type Hlc = string;

export interface ClockState {
  readonly ms: number;
  readonly counter: number;
}

export interface HlcParts extends ClockState {
  readonly node: string;
}

export const NODE_LENGTH = 6;
export const HLC_LENGTH = 9 + 4 + NODE_LENGTH;
/** How far ahead of the server's clock a stamp may be. */
export const MOST_AHEAD_MS = 60_000;

const mostCounter = 36 ** 4 - 1;
const pattern = new RegExp(`^[0-9a-z]{${HLC_LENGTH}}$`);

export function formatHlc({ ms, counter }: ClockState, node: string): Hlc {
  return ms.toString(36).padStart(9, '0') + counter.toString(36).padStart(4, '0') + node;
}

export function isHlc(text: unknown): text is Hlc {
  return typeof text === 'string' && pattern.test(text);
}

/** What a well-formed stamp says; null for anything else. */
export function readHlc(text: unknown): HlcParts | null {
  if (!isHlc(text)) return null;
  return {
    ms: parseInt(text.slice(0, 9), 36),
    counter: parseInt(text.slice(9, 13), 36),
    node: text.slice(13),
  };
}

/** Milliseconds of a stamp known to be well formed. */
export function msOfHlc(hlc: Hlc): number {
  return parseInt(hlc.slice(0, 9), 36);
}

/** The clock after one local event at `nowMs`, later than before whatever the wall clock says. */
export function tick(state: ClockState, nowMs: number): ClockState {
  if (nowMs > state.ms) return { ms: nowMs, counter: 0 };
  return later(state);
}

/** The clock once it has seen a well-formed stamp: its next tick is after it. */
export function witnessStamp(state: ClockState, hlc: Hlc): ClockState {
  const ms = msOfHlc(hlc);
  const counter = parseInt(hlc.slice(9, 13), 36);
  if (ms > state.ms) return { ms, counter };
  if (ms === state.ms && counter > state.counter) return { ms, counter };
  return state;
}

function later({ ms, counter }: ClockState): ClockState {
  return counter < mostCounter ? { ms, counter: counter + 1 } : { ms: ms + 1, counter: 0 };
}
