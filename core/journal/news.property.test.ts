/** News: kept in any order as the same text, told near a round trip as a plain search would. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newsBook, newsKeyOf, symbolCurrencies, type NewsEvent } from './news.ts';
import { joinedNews, mostMonthCharacters, readNewsLines } from './news-lines.ts';

const minuteMs = 60_000;
const baseMs = Date.UTC(2026, 10, 2);
const event: fc.Arbitrary<NewsEvent> = fc.record({
  atMs: fc.nat(300).map((minute) => baseMs + minute * minuteMs),
  currency: fc.constantFrom('USD', 'EUR', 'JPY'),
  impact: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
  title: fc.constantFrom('CPI m/m', 'Rate decision', 'GDP'),
});
const keyOf = ({ atMs, currency, title }: NewsEvent) => `${atMs} ${currency} ${title}`;
const events = fc.array(event, { minLength: 3, maxLength: 40 });

describe('news', () => {
  test('of two calendars are the same text in either order, and once where both tell it', () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        // One impact for one event: of two that differ the later counts.
        const [one, other] = [a, b].map((all) =>
          all.map((each) => ({ ...each, impact: 'high' as const })),
        );
        const joined = joinedNews(one!, other!).lines;
        expect(joinedNews(other!, one!).lines).toBe(joined);
        expect(joinedNews(readNewsLines(joined), one!).lines).toBe(joined);
        expect(readNewsLines(joined)).toHaveLength(
          new Set([...a, ...b].map(({ atMs, currency, title }) => `${atMs}${currency}${title}`))
            .size,
        );
      }),
    );
  });

  test('of a month with too many keep what moves a market most', () => {
    const many = Array.from({ length: 2_000 }, (_, at): NewsEvent => {
      const impact = at % 10 === 0 ? 'high' : 'low';
      return { atMs: baseMs + at * minuteMs, currency: 'USD', impact, title: `Event number ${at}` };
    });
    const { lines: text } = joinedNews(many, []);
    expect(text.length).toBeLessThanOrEqual(mostMonthCharacters);
    expect(readNewsLines(text)).toEqual(many.filter(({ impact }) => impact === 'high'));
  });

  test('count those that are kept and those without room, each once', () => {
    const calendar = fc
      .array(fc.tuple(event, fc.nat(999)), { maxLength: 700 })
      .map((all) =>
        all.map(([each, at]) => ({ ...each, title: `${each.title} ${at}`.padEnd(70, '.') })),
      );
    fc.assert(
      fc.property(calendar, calendar, (before, added) => {
        const { lines, kept, left } = joinedNews(before, added);
        const known = readNewsLines(lines).map(keyOf);
        expect(lines.length).toBeLessThanOrEqual(mostMonthCharacters);
        expect(known).toHaveLength(new Set(known).size);
        expect(kept).toBe(known.filter((key) => added.some((each) => keyOf(each) === key)).length);
        expect(left).toBe(new Set([...before, ...added].map(keyOf)).size - known.length);
      }),
      { numRuns: 30 },
    );
  });

  test('leave out lines that are none', () => {
    expect(readNewsLines('x\tUSD\th\ta\n1\tUSDX\th\ta\n1\tUSD\t\ta\n\n5\tEUR\tm\tb')).toEqual([
      { atMs: 5 * minuteMs, currency: 'EUR', impact: 'medium', title: 'b' },
    ]);
  });

  test('are near an opening as a plain search tells', () => {
    const trip = fc.record({
      symbol: fc.constantFrom('EURUSD', 'USDJPY.r', 'XAUUSD', 'US30', 'AUDNZD', 'ACME'),
      openedMs: fc.nat(300).map((minute) => baseMs + minute * minuteMs),
      heldMinutes: fc.option(fc.nat(3_000)),
    });
    const span = fc.nat(120).map((minutes) => minutes * minuteMs);
    fc.assert(
      fc.property(events, trip, span, span, (all, { heldMinutes, ...each }, beforeMs, afterMs) => {
        const { symbol, openedMs } = each;
        const closedMs = heldMinutes === null ? null : openedMs + heldMinutes * minuteMs;
        const own = symbolCurrencies(symbol);
        const told = all.filter((one) => one.impact === 'high' && own.includes(one.currency));
        const key = newsKeyOf(newsBook(all), { beforeMs, afterMs })({
          ...each,
          closedMs,
          isWhole: true,
        });
        const isNear = told.some(
          ({ atMs }) => openedMs >= atMs - beforeMs && openedMs <= atMs + afterMs,
        );
        if (own.length === 0) expect(key).toBeNull();
        else if (isNear) expect(key).toBe('near');
        else if (key !== null) {
          const isThrough = told.some(({ atMs }) => atMs > openedMs && atMs < (closedMs ?? 0));
          expect(key).toBe(isThrough ? 'through' : 'away');
        }
      }),
    );
  });

  test('of a symbol are those of its currencies', () => {
    expect(symbolCurrencies('EURUSD.pro')).toEqual(['EUR', 'USD']);
    expect(symbolCurrencies('eur/jpy')).toEqual(['EUR', 'JPY']);
    expect(symbolCurrencies('XAUUSD')).toEqual(['USD']);
    expect(symbolCurrencies('GER40')).toEqual(['EUR']);
    expect(symbolCurrencies('NAS100')).toEqual(['USD']);
    expect(symbolCurrencies('AAPL')).toEqual([]);
  });
});
