/** Who gained most, who lost most, and what was traded most, out of many. */
import type { Mover } from '#core/market/market-views.ts';

const mostShown = 20;

export function ranked(all: readonly Mover[]) {
  const byChange = all.toSorted((a, b) => b.changeRatio - a.changeRatio);
  return {
    gainers: byChange.filter(({ changeRatio }) => changeRatio > 0).slice(0, mostShown),
    losers: byChange
      .filter(({ changeRatio }) => changeRatio < 0)
      .slice(-mostShown)
      .reverse(),
    busiest: all.toSorted((a, b) => (b.volumeUsd ?? 0) - (a.volumeUsd ?? 0)).slice(0, mostShown),
  };
}
