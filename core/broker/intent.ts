/** One thing to be done at a broker at most once, and what is known of its fate. */
import type { OrderTicket } from './request.ts';

/** What a request comes down to; a group makes several. */
export type IntentBody =
  | ({ readonly t: 'place' } & OrderTicket)
  | {
      readonly t: 'modify';
      readonly target: { readonly position: string } | { readonly order: string };
      readonly price: number | null;
      readonly limitPrice: number | null;
      readonly sl: number | null;
      readonly tp: number | null;
      readonly lastsUntilMs: number | null;
    }
  | { readonly t: 'cancel'; readonly order: string }
  | {
      readonly t: 'close';
      readonly position: string;
      readonly symbol: string;
      readonly volumeLots: number;
      readonly deviationPoints: number;
      readonly worstPrice: number | null;
    }
  | {
      readonly t: 'close-by';
      readonly position: string;
      readonly opposite: string;
      readonly symbol: string;
    };

export const orderStates = [
  /** Waits for another intent of its group. */
  'held',
  'created',
  'claimed',
  'sent',
  'acked',
  'executing',
  'retry-wait',
  'accepted',
  'working',
  'modifying',
  'cancelling',
  'partial',
  'unknown',
  'manual',
  // From here on it is over.
  'filled',
  /** A change, a cancellation: over without a deal. */
  'done',
  'partial-canceled',
  'canceled',
  'expired',
  'refused',
  'rejected',
  'not-executed',
] as const;
export type OrderState = (typeof orderStates)[number];

export const finalStates: ReadonlySet<OrderState> = new Set(
  orderStates.slice(orderStates.indexOf('filled')),
);

export interface Intent {
  readonly id: string;
  readonly accountId: string;
  /** The request that it is (part) of. */
  readonly requestId: string;
  readonly body: IntentBody;
  readonly origin: 'trader' | 'trail' | 'group';
  readonly state: OrderState;
  readonly attempt: number;
  readonly magic: string;
  /** Magic numbers of earlier attempts, which are looked for as well. */
  readonly earlierMagics: readonly string[];
  /** The connector's session that it was claimed for. */
  readonly session: string | null;
  /** Not to be sent after this. */
  readonly expiresMs: number;
  readonly createdMs: number;
  readonly sentMs: number | null;
  /** When this attempt was heard to be in the connector's journal: from then on it may be done. */
  readonly journaledMs: number | null;
  readonly unknownSinceMs: number | null;
  /** Complete looks at the broker in a row that found nothing of it, and the last of them. */
  readonly cleanScans: number;
  readonly lastScanMs: number | null;
  readonly retryAtMs: number | null;
  readonly filledLots: number;
  readonly averagePrice: number | null;
  readonly order: string | null;
  readonly position: string | null;
  readonly retcode: number | null;
  /** An `ErrorCode`, a refusal's reason, or null. */
  readonly reason: string | null;
  /** What it may yet cost, kept free until its fate is known. */
  readonly reserved: Exposure;
  /** What it was admitted with: kept free again should it turn up after it was given up. */
  readonly admitted: Exposure;
  /** Sent once that one is filled. */
  readonly after: string | null;
  /** The other of an OCO pair. */
  readonly otherOf: string | null;
  readonly updatedMs: number;
}

/** What an opening takes of the account, in its money. */
export interface Exposure {
  readonly margin: number;
  readonly risk: number;
  readonly positions: number;
}

export const noExposure: Exposure = { margin: 0, risk: 0, positions: 0 };
