/** What the panes of one account share with its order form: the desk, the draft, what was moved, what was dealt. */
import type { Quote } from '#core/broker/instrument.ts';
import type { PositionActs } from '#lib/trading/acts/position-acts.svelte.ts';
import type { TicketDraft } from '#lib/trading/ticket/draft.ts';
import { levelPrice, levelValue } from '#lib/trading/ticket/levels.ts';
import type { TicketSending } from '#lib/trading/ticket/ticket-sending.svelte.ts';
import type { TicketState } from '#lib/trading/ticket/ticket-state.svelte.ts';
import type { TradeDesk } from '#lib/trading/trade-desk.svelte.ts';
import { kindAt } from './draft-kind.ts';
import type { DraftFacts, LinePart } from './trade-line.ts';
import type { LineChanges } from './line-changes.svelte.ts';
import type { AccountDealt } from './account-dealt.svelte.ts';

export interface ChartDesk {
  readonly desk: TradeDesk;
  readonly acts: PositionActs;
  readonly draft: TicketDraft;
  readonly sending: TicketSending;
  readonly changes: LineChanges;
  readonly dealt: AccountDealt;
  /** Whether its order form is seen, and so drawn. */
  readonly isOpen: boolean;
  /** Shows the form. */
  open(): void;
}

/** The draft as its lines show it, also while something of it is missing. */
export function draftFacts({ draft, sending }: Pick<ChartDesk, 'draft' | 'sending'>): DraftFacts {
  const { order } = sending;
  const level = (which: 'sl' | 'tp') => {
    const frame = order.frame(which);
    const value = draft[which];
    return frame && value
      ? levelPrice(value, which === 'sl' ? draft.slBy : draft.tpBy, frame)
      : null;
  };
  const lots = draft.sizeBy === 'lots' ? draft.volumeLots : null;
  return {
    ...{ side: draft.side, kind: draft.kind, stopPrice: draft.price },
    volumeLots: order.ticket?.volumeLots ?? lots,
    entry: order.frame('sl')?.entry ?? null,
    sl: level('sl'),
    tp: level('tp'),
  };
}

/**
 * A line of the draft was moved: the field behind it says so, in the unit it is kept in, and the
 * order becomes the limit or the stop that such a price is.
 */
export function moveDraft(
  {
    draft,
    sending,
  }: {
    readonly draft: TicketDraft;
    readonly sending: { readonly order: Pick<TicketState, 'frame'> };
  },
  part: LinePart,
  price: number | null,
  quote: Quote | null = null,
): void {
  if (part === 'entry' && price !== null) {
    draft.kind = kindAt(draft, price, quote);
    // A market order has none: without a quote nobody could say what it would become.
    if (draft.kind !== 'market') draft.price = price;
  }
  if (part === 'limit') draft.limitPrice = price ?? draft.limitPrice;
  if (part !== 'sl' && part !== 'tp') return;
  const frame = sending.order.frame(part);
  const unit = part === 'sl' ? draft.slBy : draft.tpBy;
  const value = price === null || !frame ? null : levelValue(price, unit, frame);
  // On the wrong side, and as money without a size, only the price itself can be told.
  const isTold = price === null || (value !== null && value > 0);
  if (!isTold && part === 'sl') draft.slBy = 'price';
  if (!isTold && part === 'tp') draft.tpBy = 'price';
  draft[part] = isTold ? value : price;
}
