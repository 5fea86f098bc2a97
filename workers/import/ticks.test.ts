/** Files of ticks: their formats, what is wrong with their rows, and what becomes of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeTicks, plainTicks } from '#core/market/made-ticks.ts';
import { parseBars, parseTicks } from './parse.ts';
import { previewFile } from './preview.ts';
import { createSession, type ParseOptions } from './session.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function parse(text: string, fileName = 'EURUSD.csv', options: ParseOptions = {}) {
  const parsed = parseTicks(encode(text), fileName, options);
  if (!parsed.ok) throw new Error(`${parsed.error.code}: ${parsed.error.detail}`);
  const { ticks, ...rest } = parsed.value;
  const { timesMs, ...columns } = plainTicks(ticks);
  const times = timesMs.map((time) => new Date(time).toISOString());
  return { ...rest, ...columns, times, digits: ticks.digits };
}
const failure = (text: string, options: ParseOptions = {}) => {
  const parsed = parseTicks(encode(text), 'a.csv', options);
  return parsed.ok ? 'none' : parsed.error.code;
};

describe('formats of ticks', () => {
  test('bid and ask by name, in UTC', () => {
    const parsed = parse('time_utc,bid,ask\n2014-05-08T00:00:08.715Z,1.39101,1.39114\n');
    expect(parsed).toMatchObject({
      format: 'quotes',
      timeframe: 'ticks',
      zone: 'UTC',
      times: ['2014-05-08T00:00:08.715Z'],
      bid: [1.39101],
      ask: [1.39114],
      volume: null,
      digits: 5,
    });
  });

  test('Dukascopy, the ask before the bid', () => {
    const rows =
      '01.06.2020 00:00:00.123,1.11011,1.11,1.5,0.75\n01.06.2020 00:00:00.123,1.2,1.1,1,1';
    const parsed = parse(`Gmt time,Ask,Bid,AskVolume,BidVolume\n${rows}\n`, 'EURUSD_Ticks.csv');
    expect(parsed).toMatchObject({
      format: 'dukascopy',
      times: ['2020-06-01T00:00:00.123Z', '2020-06-01T00:00:00.123Z'],
      bid: [1.11, 1.1],
      ask: [1.11011, 1.2],
    });
    expect(parse(`Time (EET),Ask,Bid,AskVolume,BidVolume\n${rows}\n`).times[0]).toBe(
      '2020-05-31T21:00:00.123Z',
    );
  });

  test('MetaTrader 5, where a side that did not change is empty', () => {
    const text = [
      '<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>',
      '2024.01.02\t00:05:00.100\t1.10000\t\t\t\t2',
      '2024.01.02\t00:05:00.200\t1.10001\t1.10005\t\t\t6',
      '2024.01.02\t00:05:00.300\t\t1.10004\t\t\t4',
      '2024.01.02\t00:05:00.400\t1.10002\t\t\t\t2',
    ].join('\r\n');
    const parsed = parse(text, 'EURUSD_202401020005.csv', { zone: 'UTC' });
    expect(parsed).toMatchObject({
      format: 'mt5',
      symbol: 'EURUSD',
      bid: [1.10001, 1.10001, 1.10002],
      ask: [1.10005, 1.10004, 1.10004],
    });
    // Before both sides were named once there is no quote.
    expect(parsed.counts.unreadable).toBe(1);
    expect(parsed.problems[0]).toMatchObject({ line: 2 });
  });

  test('a side that is unreadable is not carried into the next row', () => {
    const head = '<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>\n';
    const text = `${head}2024.01.02\t00:05:00.100\t1.1\t1.2\t\t\t6
2024.01.02\t00:05:00.200\t1.15\tx\t\t\t6
2024.01.02\t00:05:00.300\t\t1.3\t\t\t4
`;
    expect(parse(text)).toMatchObject({ bid: [1.1, 1.1], ask: [1.2, 1.3] });
  });

  test('HistData, in New York without summer time', () => {
    const text = '20120201 000003660,1.306600,1.306770,0\n20120201 000003973,1.306590,1.306770,0\n';
    expect(parse(text, 'DAT_ASCII_EURUSD_T_201202.csv')).toMatchObject({
      format: 'histdata',
      symbol: 'EURUSD',
      zone: '-05:00',
      times: ['2012-02-01T05:00:03.660Z', '2012-02-01T05:00:03.973Z'],
      bid: [1.3066, 1.30659],
      ask: [1.30677, 1.30677],
      volume: null,
    });
  });

  test('one price with a volume, as the columns are mapped', () => {
    const text = 'when,what,much\n2024-01-02T10:00:00.5Z,100.25,3\n2024-01-02T10:00:00.5Z,100,4\n';
    const roles = ['time', 'bid', 'volume'] as const;
    expect(parse(text, 'ES.csv', { roles })).toMatchObject({
      bid: [100.25, 100],
      ask: null,
      volume: [3, 4],
    });
  });

  test('a bid beside open, high, low and close is none of a bar', () => {
    const text =
      'time,open,high,low,close,bid,ask\n2024-01-02T10:00Z,1,2,1,2,1.5,1.6\n2024-01-02T11:00Z,1,2,1,2,1,1\n';
    const parsed = parseBars(encode(text), 'X.csv');
    expect(parsed).toMatchObject({ ok: true, value: { timeframe: 'H1', bars: { ask: null } } });
  });
});

describe('rows of ticks', () => {
  const head = 'time,bid,ask\n';
  const row = (second: number, bid: number, ask = bid + 1) =>
    `2024-01-02T10:00:${String(second).padStart(2, '0')}Z,${bid},${ask}\n`;

  test('of one instant keep the order of the file, alike ones included', () => {
    const parsed = parse(head + row(1, 5) + row(1, 4) + row(1, 5) + row(1, 5) + row(2, 3));
    expect(parsed.bid).toEqual([5, 4, 5, 5, 3]);
    expect(Object.values(parsed.counts).every((count) => count === 0)).toBe(true);
  });

  test('out of order are sorted and reported, those of one instant as they stood', () => {
    const parsed = parse(head + row(3, 1) + row(1, 2) + row(3, 3) + row(1, 4) + row(4, 5));
    expect(parsed.bid).toEqual([2, 4, 1, 3, 5]);
    expect(parsed.counts['out-of-order']).toBe(2);
    expect(parsed.problems.map(({ line }) => line)).toEqual([3, 5]);
  });

  test('newest first are turned, and said so once', () => {
    const parsed = parse(head + row(3, 1) + row(2, 2) + row(2, 3) + row(1, 4));
    expect(parsed.bid).toEqual([4, 3, 2, 1]);
    expect(parsed.counts['out-of-order']).toBe(1);
  });

  test('that cannot be true or be read are left out and listed', () => {
    const good = [1, 2, 3, 4, 5].map((second) => row(second, 10)).join('');
    const parsed = parse(`${head}${good}${row(6, 10, 9)}2024-01-02T10:00:07Z,ten,11\nnonsense\n`);
    expect(parsed.bid).toHaveLength(5);
    expect(parsed.counts).toMatchObject({ 'impossible-prices': 1, unreadable: 2 });
    expect(parsed.problems.map(({ line }) => line).sort()).toEqual([7, 8, 9]);
  });

  test('of the hour that is twice stay in the order of the file', () => {
    const at = (clock: string, bid: number) => `2024-11-03 ${clock},${bid},${bid}\n`;
    const text =
      head +
      [
        at('01:59:58', 1),
        at('01:59:58', 2),
        at('01:00:01', 3),
        at('01:00:01', 4),
        at('02:00:00', 5),
      ].join('');
    const parsed = parse(text, 'X.csv', { zone: 'America/New_York' });
    expect(parsed.bid).toEqual([1, 2, 3, 4, 5]);
    expect(parsed.times.map((time) => time.slice(11, 19))).toEqual([
      '05:59:58',
      '05:59:58',
      '06:00:01',
      '06:00:01',
      '07:00:00',
    ]);
  });

  test('make no ticks where they cannot', () => {
    expect(failure(head)).toBe('import.empty');
    expect(failure(`${head}2024-01-02,1,2\n2024-01-03,1,2\n`)).toBe('import.mapping-invalid');
    expect(failure(head + row(1, 2, 1) + row(2, 2, 1))).toBe('import.no-valid-rows');
    expect(failure(head + row(1, 1) + row(2, 2, 1) + row(3, 2, 1))).toBe(
      'import.too-many-problems',
    );
    expect(failure(head + row(1, 1), { timeframe: 'M1' })).toBe('import.timeframe-mismatch');
    expect(failure(head + row(1, 1), { roles: ['time', 'ask', 'ignore'] })).toBe(
      'import.mapping-invalid',
    );
    expect(failure(head + row(1, 1), { roles: ['time', 'bid', 'close'] })).toBe(
      'import.mapping-invalid',
    );
  });
});

test('a preview says that rows are ticks, and what each column holds', async () => {
  const text = 'time_utc,bid,ask\n2014-05-08T00:00:08.715Z,1.39101,1.39114\n';
  expect(await previewFile(new Blob([text]), 'EURUSD-ticks.csv')).toMatchObject({
    ok: true,
    value: {
      symbol: 'EURUSD',
      timeframe: 'ticks',
      statedZone: 'UTC',
      columns: [{ role: 'time' }, { role: 'bid' }, { role: 'ask' }],
    },
  });
});

test('ticks written out and cut anywhere come back as they were', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 20 }), (seed, cuts) => {
      const made = makeTicks({ count: 60, seed, mostStepMs: 40 });
      const lines = Array.from(made.timesMs, (time, i) => {
        const price = (points: number) => (points / 1e5).toFixed(5);
        return `${new Date(time).toISOString()},${price(made.bid[i]!)},${price(made.ask![i]!)}`;
      });
      const bytes = encode(`time,bid,ask\n${lines.join('\n')}`);
      const session = createSession('X.csv', {}, 0);
      const ends = [...cuts.map((cut) => cut % bytes.length), bytes.length].sort((a, b) => a - b);
      let from = 0;
      for (const to of ends) {
        expect(session.feed(bytes.slice(from, to))).toBeNull();
        from = to;
      }
      const parsed = session.finish();
      if (!parsed.ok || parsed.value.kind !== 'ticks') throw new Error('ticks are read as ticks');
      expect(plainTicks(parsed.value.ticks)).toEqual(plainTicks(made));
    }),
    { numRuns: 60 },
  );
});
