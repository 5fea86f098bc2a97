/** What only the arrays of a run tell: whether it went broke, what stayed open, what was too dear. */
import { exitReasons } from '#core/execution/outcome.ts';
import type { Run } from '#core/collections/run.ts';
import type { RunArrays } from '#workers/store/database.ts';
import { sizesByRisk } from '#core/rules/rule-sizing.ts';

export interface ArrayFacts {
  readonly ruined: boolean;
  /** Money in the last equity that no closed round trip explains; 0 where nothing was open. */
  readonly openProfit: number;
  /** Positions sized by risk that hold all the money affords, and so risk less than asked. */
  readonly capped: number;
}

const ruinIndex = exitReasons.indexOf('ruin');

export function arrayFacts(run: Run, arrays: RunArrays): ArrayFacts {
  const { equity, roundTrips } = arrays;
  let profit = 0;
  for (const each of roundTrips.profit) profit += each;
  const last = equity.at(-1) ?? run.settings.cash;
  // Also where a stop filled so far beyond its level that the loss was more than the money.
  const isLost = last <= 0;
  const unexplained = last - run.settings.cash - profit;
  // Sums in another order differ in the last digits; a real position does not vanish there.
  const noise = 1e-9 * Math.max(Math.abs(last), run.settings.cash) * Math.max(1, roundTrips.count);
  return {
    ruined: isLost || roundTrips.exitReason.includes(ruinIndex),
    openProfit: !isLost && Math.abs(unexplained) > Math.max(noise, 1e-6) ? unexplained : 0,
    capped: isPlain(run) && sizesByRisk(run.source) ? countCapped(run, arrays) : 0,
  };
}

/** One market, one position at a time: what was affordable can be told from the round trips. */
function isPlain({ portfolio, settings }: Run): boolean {
  return !portfolio && settings.positions === 'single' && settings.commission.perLot === 0;
}

/** Round trips close before the next opens: the money at an entry is that of all before it. */
function countCapped({ settings }: Run, { roundTrips }: RunArrays): number {
  const { commission, margin, spread } = settings;
  let cash = settings.cash;
  let count = 0;
  for (let k = 0; k < roundTrips.count; k++) {
    const units = roundTrips.units[k]!;
    const price = roundTrips.entryPrice[k]!;
    const quote = price / (1 + Math.sign(units) * spread.rate);
    const affordable = (cash - commission.fixed) / margin / (price + quote * commission.rate);
    const most = affordable * (1 - 1e-9);
    if (Math.abs(units) >= (settings.units === 'whole' ? Math.floor(most) : most)) count++;
    cash += roundTrips.profit[k]!;
  }
  return count;
}
