/** Trading by one click: what was agreed to, and what its guards hold back. */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { OrderTicket } from '#core/broker/request.ts';
import { numberText } from '#lib/words/numbers.ts';
import { lotsText } from '#lib/words/orders.ts';
import { say } from '../../words/language.ts';

/** Of one account on one device. */
export interface OneClick {
  readonly isOn: boolean;
  /** When its terms were accepted here; null: they were not. */
  readonly acceptedMs: number | null;
  readonly maxLots: number;
  readonly maxSpreadPoints: number;
}

export const oneClickOff: OneClick = {
  isOn: false,
  acceptedMs: null,
  maxLots: 0.1,
  maxSpreadPoints: 20,
};

/** Whether a click sends at once. */
export const isArmed = ({ isOn, acceptedMs }: OneClick): boolean => isOn && acceptedMs !== null;

/** Why a guard holds an order back, in words; null where it lets it through. */
export function heldBack(
  { maxLots, maxSpreadPoints }: OneClick,
  { volumeLots }: Pick<OrderTicket, 'volumeLots'>,
  { instrument, quote }: { readonly instrument: Instrument; readonly quote: Quote | null },
): string | null {
  if (!(volumeLots <= maxLots * (1 + 1e-9))) {
    return say`One click stops at ${lotsText(maxLots)} lots; this is ${lotsText(volumeLots)}.`;
  }
  if (!quote) return say`One click needs a price.`;
  const spread = (quote.ask - quote.bid) / instrument.pointSize;
  if (!(spread <= maxSpreadPoints + 1e-6)) {
    return say`One click stops at a spread of ${numberText(maxSpreadPoints)} points; it is ${numberText(spread)}.`;
  }
  return null;
}

/** What was kept, as far as it is whole; anything odd means that nothing was agreed to. */
export function readOneClick(kept: unknown): OneClick {
  if (typeof kept !== 'object' || kept === null) return oneClickOff;
  const said: Partial<Record<keyof OneClick, unknown>> = kept;
  const { isOn, acceptedMs, maxLots, maxSpreadPoints } = said;
  const isWhole =
    typeof isOn === 'boolean' &&
    (acceptedMs === null || (typeof acceptedMs === 'number' && acceptedMs > 0)) &&
    isBound(maxLots) &&
    isBound(maxSpreadPoints);
  if (!isWhole) return oneClickOff;
  return { isOn, acceptedMs, maxLots, maxSpreadPoints };
}

const isBound = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && Number.isFinite(value);
