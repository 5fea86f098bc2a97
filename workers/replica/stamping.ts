/** The clock of a replica and the stamps it gives, kept with what else the replica remembers. */
import {
  formatHlc,
  NODE_LENGTH,
  tick,
  witnessStamp,
  type ClockState,
  type Hlc,
} from '#core/sync/hlc.ts';
import type { ReplicaTx } from './replica-store.ts';

export interface Stamper {
  /** Later than every stamp before, and than what this clock has seen. */
  next(): Hlc;
  /** The clock runs on from here. */
  see(hlc: Hlc): void;
  save(): Promise<void>;
}

export interface Chance {
  nowMs(): number;
  /** 0 … 1. */
  random(): number;
}

export const noTime: ClockState = { ms: 0, counter: 0 };

export async function stamperOf(
  tx: ReplicaTx,
  { nowMs, random }: Chance,
  from?: ClockState,
): Promise<Stamper> {
  const [offsetMs = 0, known = noTime, node] = await Promise.all([
    tx.meta('serverOffsetMs'),
    tx.meta('clock'),
    nodeOf(tx, random),
  ]);
  const before = from ?? known;
  let clock = before;
  return {
    next() {
      clock = tick(clock, Math.max(0, Math.floor(nowMs() + offsetMs)));
      return formatHlc(clock, node);
    },
    see(hlc) {
      clock = witnessStamp(clock, hlc);
    },
    async save() {
      if (clock !== before || from) await tx.putMeta('clock', clock);
    },
  };
}

/** The replica's name in its stamps; a random one until the server gives one. */
export async function nodeOf(tx: ReplicaTx, random: () => number): Promise<string> {
  const known = await tx.meta('node');
  if (known) return known;
  const node = randomDigits(random, NODE_LENGTH);
  await tx.putMeta('node', node);
  return node;
}

/** Of 0-9a-z. */
export function randomDigits(random: () => number, length: number): string {
  let digits = '';
  while (digits.length < length) digits += Math.floor(random() * 36).toString(36);
  return digits;
}
