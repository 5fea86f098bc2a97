/** What an order form's line becomes where it is let go: a limit or a stop, by side and price. */
import type { OrderKind, Side } from '#core/broker/book.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Held } from './line-drag.ts';
import type { ShownLine } from './shown-lines.ts';

/**
 * A better price than that of the market is waited for with a limit, a worse one with a stop. An
 * order of two prices keeps its kind, and so does any while no price is known.
 */
export function kindAt(
  { side, kind }: { readonly side: Side; readonly kind: OrderKind },
  price: number,
  quote: Quote | null,
): OrderKind {
  if (!quote || kind === 'stop-limit') return kind;
  const market = side === 'buy' ? quote.ask : quote.bid;
  if (price === market) return kind;
  return price < market === (side === 'buy') ? 'limit' : 'stop';
}

/** Once it is dragged, the line of the form is named by what it would be where it is held. */
export function asDropped(shown: ShownLine, held: Held | null, quote: Quote | null): ShownLine {
  const { line, state, price } = shown;
  const isMeant = state === 'held' && line.owner === 'draft' && line.part === 'entry';
  if (!isMeant || !held?.isDragged) return shown;
  return { ...shown, line: { ...line, kind: kindAt(line, price, quote) } };
}
