/** What a deal costs and earns, in money: commission, gross profit, rounding to the minor unit. */
import type { RunSettings } from './settings.ts';

/** Minor units in one unit of the account's currency: cents. */
const MINOR_UNITS = 100;

/**
 * The amount on the account's minor unit, half away from zero, or unchanged without rounding.
 */
export function settle(settings: RunSettings, amount: number): number {
  if (settings.rounding === 'none') return amount;
  const minor = Math.floor(Math.abs(amount) * MINOR_UNITS + 0.5) / MINOR_UNITS;
  return amount < 0 ? -minor : minor;
}

/**
 * Money that one side of a round trip pays: fixed + |units| × price × rate + lots × perLot, or
 * the minimum where that is more.
 */
export function commission(settings: RunSettings, units: number, price: number): number {
  const { fixed, rate, perLot, minimum } = settings.commission;
  const size = Math.abs(units);
  const due = fixed + size * price * rate + (size / settings.contractSize) * perLot;
  return settle(settings, Math.max(minimum, due));
}

/** Money that signed `units` earn between two prices, before commissions. */
export function grossProfit(
  settings: RunSettings,
  units: number,
  path: { readonly entry: number; readonly exit: number },
): number {
  return settle(settings, units * (path.exit - path.entry));
}

/** The price of an entry: a buy pays the spread on top, a sale gets that much less. */
export function entryPrice(settings: RunSettings, side: 1 | -1, price: number): number {
  return price * (1 + side * settings.spread.rate);
}
