/** A trip as both a bot and a backtest can tell it. */
import type { BotTrip } from '#core/automation/bot-book.ts';

const hourMs = 3_600_000;

/** Times are openings of bars of an hour, as the backtest tells them. */
export function told({ side, lots, entryMs, exitMs, entryPrice, exitPrice, profit }: BotTrip) {
  const opening = (ms: number) => Math.floor(ms / hourMs) * hourMs;
  return {
    ...{ side, exitPrice, profit },
    // The mean price of a net lies between two of the grid.
    entryPrice: Number(entryPrice.toFixed(9)),
    lots: Number(lots.toFixed(6)),
    entryMs: opening(entryMs),
    exitMs: opening(exitMs),
  };
}
