/** When a bar was, as people name it: a day by its date, a shorter bar by its open. */
import { DAY_MS, timeframeMs } from '#core/market/timeframe.ts';
import { timeText, type TimeDisplay } from '../words/times.ts';

/** Days of brokers begin at an hour of their own; in their middle all clocks agree on the date. */
export function barTimeText(openMs: number, timeframe: string, times: TimeDisplay): string {
  const isDay = (timeframeMs(timeframe) ?? 0) >= DAY_MS;
  return isDay ? timeText(openMs + DAY_MS / 2, 'utc', { dateOnly: true }) : timeText(openMs, times);
}
