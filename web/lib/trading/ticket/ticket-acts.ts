/** What the keys do inside the order form, and what is shown of an order before it goes. */
import type { Side } from '#core/broker/book.ts';
import { numberText, priceText } from '#lib/words/numbers.ts';
import { lotsText } from '#lib/words/orders.ts';
import type { AskedLine } from '../trade-desk.svelte.ts';
import type { TicketState } from './ticket-state.svelte.ts';
import { say } from '../../words/language.ts';

export interface TicketKeys {
  side(side: Side): void;
  empty(): void;
}

/** B and S choose the side where no text is typed; a field of a number takes no letters anyhow. */
export function ticketKey(event: KeyboardEvent, keys: TicketKeys): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === 'Escape') return keys.empty();
  const side = ({ b: 'buy', s: 'sell' } as const)[event.key.toLowerCase()];
  if (!side || takesLetters(event.target)) return;
  event.preventDefault();
  keys.side(side);
}

function takesLetters(target: EventTarget | null): boolean {
  if (target instanceof HTMLSelectElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return target.inputMode !== 'decimal' && target.type !== 'radio' && target.type !== 'checkbox';
}

/** Figures of an order as it would be sent now. */
export function costLines({
  ticket,
  cost,
  instrument,
  quote,
  currency,
}: TicketState): readonly AskedLine[] {
  if (!ticket || !cost) return [];
  const price = (value: number | null) =>
    value === null ? 'none' : priceText(value, instrument?.digits ?? 5);
  const now = quote ? (ticket.side === 'buy' ? quote.ask : quote.bid) : null;
  const money = (value: number) => `${numberText(value, 2)} ${currency}`;
  return [
    [say`Volume`, say`${lotsText(ticket.volumeLots)} lots`],
    ticket.price === null ? [say`Price now`, price(now)] : [say`Price`, price(ticket.price)],
    [say`Stop`, price(ticket.sl)],
    [say`Target`, price(ticket.tp)],
    [cost.isAssumed ? say`At risk, assumed` : say`At risk`, money(cost.riskMoney), 'amount'],
    [say`Margin`, money(cost.marginMoney), 'amount'],
  ];
}

/** What came in the way while it was asked about. */
export function notSent(title: string, hindrance: string | null) {
  return {
    tone: 'warning',
    text: say`${title}: not sent`,
    detail: hindrance ?? '',
    stay: true,
  } as const;
}
