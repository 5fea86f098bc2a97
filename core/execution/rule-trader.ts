/** Rules at the order desk: turns the signals of each bar into orders. */
import { assert } from '../assert.ts';
import type { Side, Trader } from './order-desk.ts';
import { tradePlan } from './plan-trader.ts';
import { closeByRule, entryTerms, type Moment } from './rule-orders.ts';
import type { RunSettings } from './settings.ts';
import type { Signals } from './signals.ts';

/**
 * What trades the signals, one for each market of the run.
 *
 * On a bar exits are looked at first, then the entry. An entry on the side that is open is
 * ignored, unless an exit closes that side on the same bar or `exclusive` is set.
 */
export function ruleTrader(signals: readonly Signals[], settings: RunSettings): Trader {
  return {
    onBar(market, bar, desk) {
      const own = signals[market];
      assert(own !== undefined, 'every market has signals');
      if (bar <= own.warmupBars) return;
      if (own.plan) tradePlan(own, own.plan, { market, bar, desk, settings });
      else tradeSignals(own, { market, bar, desk, settings });
    },
  };
}

function tradeSignals(signals: Signals, moment: Moment): void {
  const { market, bar, desk, settings } = moment;
  const entry = signals.entry[bar]! as Side | 0;
  if (entry === 0 && signals.exit[bar] === 0) return;
  const left = closeByRule(signals, moment);
  if (entry === 0) return;
  if (!settings.exclusive && left.some(({ side }) => side === entry)) return;
  desk.place({ market, side: entry, kind: 'market', ...entryTerms(signals, entry, bar) });
}
