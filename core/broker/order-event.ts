/** What can happen to an intent, in whatever order and however often it is told. */
import type { CommandResult, Fate } from './messages.ts';

export type OrderEvent =
  /** Kept for this session before it is sent; where its time is over, it expires instead. */
  | { readonly t: 'claim'; readonly session: string }
  | { readonly t: 'sent' }
  | { readonly t: 'ack'; readonly attempt: number }
  | { readonly t: 'executing'; readonly attempt: number }
  | { readonly t: 'result'; readonly attempt: number; readonly result: CommandResult }
  /** The session that it was claimed for is over. */
  | { readonly t: 'link-lost' }
  /** The connector's answer; `isWhole` false: what it did not find may still be there. */
  | { readonly t: 'fate'; readonly fate: Fate; readonly isWhole: boolean }
  | FillEvent
  | EndedEvent
  /** The broker's book shows what a change, a cancellation or a closing by the opposite wished. */
  | { readonly t: 'verified' }
  /** A look at the broker that found nothing of it; what it saw may be as old as it took. */
  | {
      readonly t: 'clean-scan';
      readonly isConnected: boolean;
      readonly isWhole: boolean;
      readonly tookMs: number;
    }
  /** Its time may be over. */
  | { readonly t: 'expire' }
  /** The wait before another attempt may be over. */
  | { readonly t: 'retry' }
  /** What it waited for is filled; `expiresMs` where its time begins only now. */
  | { readonly t: 'release'; readonly expiresMs?: number }
  /** It is not wished any more, and was never sent. */
  | { readonly t: 'drop' }
  /** A person decided, where the machine could not. */
  | { readonly t: 'resolve'; readonly as: Resolution };

export type Resolution = 'executed' | 'not-executed';

/** All that was filled so far, as deals or positions say. */
export interface FillEvent {
  readonly t: 'fill';
  readonly filledLots: number;
  readonly averagePrice: number | null;
  readonly order: string | null;
  readonly position: string | null;
}

/** The broker's order is over, as its history says. */
export interface EndedEvent {
  readonly t: 'ended';
  readonly state: 'filled' | 'canceled' | 'expired' | 'rejected';
  readonly order?: string | null;
}

/**
 * What a trader should see:
 * - `late-evidence`: something came of what was thought to be over;
 * - `overfilled`: the broker filled more than was asked;
 * - `second-order`: a second order at the broker filled the same intent;
 * - `contradiction`: an answer that cannot be true beside what is known, so it was not believed;
 * - `journal-lost`: the connector has forgotten what it had written down, so a person decides.
 */
export type OrderAlert =
  'late-evidence' | 'overfilled' | 'second-order' | 'contradiction' | 'journal-lost';

/** How long nothing must be found of an intent before nothing is taken to have come of it. */
export interface Quarantine {
  /** Whole looks at a connected broker, in a row. */
  readonly scans: number;
  /** From the first of them to the last, at least. */
  readonly ms: number;
}

export const usualQuarantine: Quarantine = { scans: 3, ms: 60_000 };
