/** What a bot's money came to, as points of a chart. */
import type { BotDetail } from '#core/automation/bot-views.ts';
import { equityPoints, type EquityPoint } from '#core/statistics/equity-points.ts';

const mostPoints = 500;

/** One a second: several trades may end with the same bar. */
export function botEquity({ createdMs, setup, equity }: BotDetail): readonly EquityPoint[] {
  const byTime = new Map([[createdMs, setup.capital]]);
  for (const { atMs, money } of equity) byTime.set(Math.round(atMs / 1_000) * 1_000, money);
  const rows = [...byTime].sort(([a], [b]) => a - b);
  const times = Float64Array.from(rows, ([ms]) => ms);
  const values = Float64Array.from(rows, ([, money]) => money);
  return equityPoints(times, values, mostPoints);
}
