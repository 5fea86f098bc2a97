/** Twelve Data: bars and prices of shares, funds and currencies, with a key of whoever runs the server. */
import { z } from 'zod';
import { fail, ok } from '#core/result.ts';
import type { Provider, Question } from '../provider.ts';
import { amount, barsOf, price, shaped, symbolName } from './readings.ts';

const intervals: Readonly<Record<string, string>> = {
  ...{ M1: '1min', M5: '5min', M15: '15min', M30: '30min', H1: '1h', H2: '2h', H4: '4h' },
  ...{ D1: '1day', W1: '1week', MN1: '1month' },
};
const symbolShape = /^[A-Z0-9][A-Z0-9./:-]{0,29}$/;

/** `2026-03-02` of days and longer, else with the time of day in UTC, which is asked for. */
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/)
  .transform((text) => Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`))
  .refine((openMs) => Number.isFinite(openMs));
const series = z.object({
  status: z.literal('ok'),
  values: z
    .array(
      z.object({
        datetime: moment,
        open: price,
        high: price,
        low: price,
        close: price,
        volume: amount.optional(),
      }),
    )
    .max(5_000),
});

const bars: Question<'bars'> = {
  place({ symbol, timeframe, beforeMs, limit }, key) {
    const interval = intervals[timeframe];
    if (!symbolShape.test(symbol)) return fail('symbol');
    if (interval === undefined) return fail('timeframe');
    if (key === null) return fail('key-refused');
    const until = beforeMs === null ? {} : { end_date: wallTime(beforeMs - 1_000) };
    const query = { symbol, interval, outputsize: String(limit), order: 'ASC', timezone: 'UTC' };
    return ok({ path: '/time_series', query: { ...query, ...until, apikey: key } });
  },
  read({ value }, ask) {
    const read = shaped(series, value);
    if (!read.ok) return read;
    const rows = read.value.values.map(({ datetime, volume, ...prices }) => {
      return { openMs: datetime, ...prices, volume: volume ?? null };
    });
    return barsOf(rows, ask);
  },
};

const wallTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

const quoted = z.object({ symbol: symbolName, close: price, timestamp: z.int().min(0) });

const quotes: Question<'quotes'> = {
  place({ symbols }, key) {
    if (!symbols.every((symbol) => symbolShape.test(symbol))) return fail('symbol');
    if (key === null) return fail('key-refused');
    return ok({ path: '/quote', query: { symbol: symbols.join(','), apikey: key } });
  },
  read({ value, nowMs }, { symbols }) {
    // One symbol is answered bare, several by their names.
    const shape =
      symbols.length === 1 ? quoted.transform((one) => ({ one })) : z.record(z.string(), quoted);
    const read = shaped<Readonly<Record<string, z.infer<typeof quoted>>>>(shape, value);
    if (!read.ok) return read;
    return ok(
      Object.values(read.value).map(({ symbol, close, timestamp }) => {
        const timeMs = Math.min(timestamp * 1_000, nowMs);
        return { symbol, bid: null, ask: null, last: close, timeMs };
      }),
    );
  },
};

const refused = z.object({ status: z.literal('error'), code: z.int(), message: z.string() });

export const twelveData: Provider = {
  name: 'twelvedata',
  title: 'Twelve Data',
  homepage: 'https://twelvedata.com/docs',
  url: 'https://api.twelvedata.com',
  key: 'needed',
  pace: { requests: 8, perMs: 60_000 },
  mostBars: 5_000,
  asks: { bars, quotes },
  /** Its refusals come with status 200 as well. */
  refusal(value, status) {
    const read = refused.safeParse(value).data;
    if (!read) return status >= 400 ? 'failed' : null;
    if (read.code === 429) return 'limited';
    if (read.code === 401 || read.code === 403) return 'key-refused';
    return read.code === 400 || read.code === 404 ? 'symbol' : 'failed';
  },
};
