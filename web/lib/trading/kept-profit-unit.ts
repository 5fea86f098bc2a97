/** In what a trader likes to see profits, kept on the device. */
import { putKept, readKept } from './kept-terms.ts';
import { profitUnits, type ProfitUnit } from './profit-units.ts';

const key = 'offing.profit';

export function keptProfitUnit(): ProfitUnit {
  const { unit } = readKept(localStorage, key);
  return profitUnits.find((each) => each === unit) ?? 'money';
}

export function keepProfitUnit(unit: ProfitUnit): void {
  putKept(localStorage, key, { unit });
}
