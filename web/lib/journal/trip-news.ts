/** The news of high impact around a round trip, of its currencies. */
import { newsAround, type NewsEvent } from '#core/journal/news.ts';
import { monthOfNews, readNewsLines } from '#core/journal/news-lines.ts';
import type { RoundTrip } from '#core/journal/round-trip.ts';
import { database } from '../state/database.ts';

const aroundMs = 2 * 3_600_000;
const most = 12;
const dayMs = 86_400_000;

/** From two hours before to two hours after; of one that was long open the first few. */
export async function tripNews(
  trip: Pick<RoundTrip, 'symbol' | 'openedMs' | 'closedMs'>,
): Promise<readonly NewsEvent[]> {
  const fromMs = trip.openedMs - aroundMs;
  const toMs = (trip.closedMs ?? trip.openedMs) + aroundMs;
  const months = new Set<string>([monthOfNews(toMs)]);
  for (let ms = fromMs; ms < toMs && months.size < 24; ms += 27 * dayMs)
    months.add(monthOfNews(ms));
  const rows = await database.newsMonths.bulkGet([...months]);
  const events = rows.flatMap((row) => (row ? readNewsLines(row.lines) : []));
  const high = events.filter(({ impact }) => impact === 'high');
  return newsAround(high, trip.symbol, { fromMs, toMs }).slice(0, most);
}
