/** How many workers a search gets: each holds all prices, and what moves inside bars is large. */
import { TICKS } from '#core/collections/price-series.ts';
import type { PricesMark } from '#core/optimise/sweep.ts';

/** What all workers together may hold beside their bars. */
const MOST_BYTES = 1024 ** 3;
/** Time, bid, ask and volume of a tick; of a bar with both sides. */
const TICK_BYTES = 24;
const BAR_BYTES = 52;

/** As many as the machine has processors, or as there is memory for; one at least. */
export function workersFor(beside: readonly PricesMark[] = [], processors: number): number {
  const bytes = beside.reduce((sum, { id, bars }) => {
    return sum + bars * (id.endsWith(`.${TICKS}`) ? TICK_BYTES : BAR_BYTES);
  }, 0);
  const most = bytes === 0 ? processors : Math.floor(MOST_BYTES / bytes);
  return Math.max(1, Math.min(processors, most));
}
