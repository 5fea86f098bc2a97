import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { plain } from '#core/market/made-bars.ts';
import { inflate } from './inflate.ts';
import { parseBars } from './parse.ts';
import type { ParseOptions } from './session.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const header = 'time,open,high,low,close,volume\n';

function parse(text: string, options: ParseOptions = {}) {
  const parsed = parseBars(encode(text), 'X.csv', options);
  if (!parsed.ok) throw new Error(`${parsed.error.code}: ${parsed.error.detail}`);
  return { ...parsed.value, ...plain(parsed.value.bars) };
}
const failure = (bytes: string | Uint8Array, options: ParseOptions = {}) => {
  const parsed = parseBars(typeof bytes === 'string' ? encode(bytes) : bytes, 'X.csv', options);
  return parsed.ok ? 'none' : parsed.error.code;
};
/** `count` good hourly rows from hour `from`. */
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2024, 0, 2) + (from + i) * 3_600_000).toISOString();
    return `${time.slice(0, 19)},10,12,9,11,${i + 1}`;
  });
const file = (...lines: string[]) => header + lines.join('\n');

test('line ends, marks and blank lines change nothing', () => {
  const lines = ['time,open,high,low,close,volume', ...rows(5)];
  const expected = parse(lines.join('\n')).timesMs;
  expect(expected).toHaveLength(5);
  const variants = [
    lines.join('\r\n'),
    lines.join('\r'),
    `\ufeff${lines.join('\n')}`,
    `${lines.join('\n')}\n`,
    `${lines.join('\r\n')}\r\n\r\n  \r\n`,
    `\n\n${lines.join('\n')}\n\n\n`,
    lines.map((line) => line.replaceAll(',', ' , ')).join('\n'),
    lines.map((line) => `"${line.replaceAll(',', '","')}"`).join('\n'),
  ];
  for (const text of variants) {
    const parsed = parse(text);
    expect(parsed.timesMs).toEqual(expected);
    expect(parsed.bid.close).toEqual([11, 11, 11, 11, 11]);
    expect(parsed.counts.unreadable).toBe(0);
  }
});

test('signs, exponents, thousands and many decimals are numbers', () => {
  const parsed = parse(
    file(
      '2024-01-02T00:00:00,+1.5,1.6e0,1.25E+0,.15e1,1e3',
      '2024-01-02T01:00:00,"1,234.5","1,234.75","1,234","1,234.5",5',
      '2024-01-02T02:00:00,-37.63,13.9,-40.32,10.01,5',
      '2024-01-02T03:00:00,0.00001234,0.00001235,0.00001233,0.00001234,5.5',
    ),
  );
  expect(parsed.counts.unreadable).toBe(0);
  expect(parsed.bid.open).toEqual([1.5, 1234.5, -37.63, 0.00001234]);
  expect(parsed.bid.high).toEqual([1.6, 1234.75, 13.9, 0.00001235]);
  expect(parsed.volume).toEqual([1000, 5, 5, 5.5]);
});

test('prices too wide for whole points are kept as exact doubles', () => {
  const parsed = parse(
    file('2024-01-02T00:00:00,3393.520020,3400.000001,3000,3100,1', ...rows(3, 1)),
  );
  expect(parsed.bars.scale).toBe(1);
  expect(parsed.bars.bid.open).toBeInstanceOf(Float64Array);
  expect(parsed.bid.open).toEqual([3393.52002, 10, 10, 10]);
  const narrow = parse(file('2024-01-02T00:00:00,3393.520000,3400.000000,3000,3100,1'), {
    timeframe: 'H1',
  });
  expect(narrow.bars.scale).toBe(100);
});

test('bad lines are left out and listed with their number and text', () => {
  const parsed = parse(
    file(
      ...rows(4),
      'total,,,,,',
      '2024-01-02T07:00:00,10,9,8,9,1',
      '2024-13-02T08:00:00,10,12,9,11,1',
      '2024-02-30T08:00:00,10,12,9,11,1',
      '2024-01-02T09:00:00,10,12',
      '2024-01-02T09:00:00,10,12,9,11,-5',
      '2024-01-02T09:00:00,10,1\u00002,9,11,5',
      ...rows(8, 4),
    ),
  );
  expect(parsed.bars.length).toBe(12);
  expect(parsed.rows).toBe(19);
  expect(parsed.counts).toMatchObject({ unreadable: 6, 'impossible-prices': 1 });
  expect(parsed.problems.map(({ line, kind }) => [line, kind])).toEqual([
    [6, 'unreadable'],
    [7, 'impossible-prices'],
    [8, 'unreadable'],
    [9, 'unreadable'],
    [10, 'unreadable'],
    [11, 'unreadable'],
    [12, 'unreadable'],
  ]);
  expect(parsed.problems[1]!.text).toContain('2024-01-02T07:00:00,10,9,8,9,1');
  expect(parsed.lines[4]).toBe(13);
});

test('a duplicate is reported and the first kept, the same or not', () => {
  const parsed = parse(
    file(...rows(5), rows(1)[0]!, '2024-01-02T02:00:00,50,60,40,55,9', ...rows(3, 5)),
  );
  expect(parsed.bars.length).toBe(8);
  expect(parsed.bid.open).toEqual(Array(8).fill(10));
  expect(parsed.counts.duplicate).toBe(2);
  const texts = parsed.problems.filter(({ kind }) => kind === 'duplicate').map(({ text }) => text);
  expect(texts[0]).not.toContain('other values');
  expect(texts[1]).toContain('with other values: the first is kept');
});

test('disorder is sorted and reported, a file newest first once', () => {
  const good = rows(6);
  const mixed = parse(file(good[0]!, good[3]!, good[1]!, good[2]!, good[4]!, good[5]!));
  expect(mixed.timesMs).toEqual(parse(file(...good)).timesMs);
  expect(mixed.volume).toEqual([1, 2, 3, 4, 5, 6]);
  expect(mixed.counts['out-of-order']).toBe(2);
  const turned = parse(file(...[...good].reverse()));
  expect(turned.volume).toEqual([1, 2, 3, 4, 5, 6]);
  expect(turned.counts['out-of-order']).toBe(1);
});

test('hours that summer time skips are left out, those it repeats are told', () => {
  const clock = (day: string, ...hours: string[]) =>
    hours.map((hour) => `${day} ${hour}:00:00,10,12,9,11,1`);
  const spring = parse(file(...clock('2024-03-10', '00', '01', '02', '03', '04')), {
    zone: 'America/New_York',
  });
  expect(spring.bars.length).toBe(4);
  expect(spring.counts['skipped-hour']).toBe(1);
  expect(spring.problems[0]).toMatchObject({ line: 4, kind: 'skipped-hour' });
  const autumn = parse(file(...clock('2024-11-03', '00', '01', '01', '02')), {
    zone: 'America/New_York',
  });
  expect(autumn.bars.length).toBe(4);
  expect(autumn.counts).toMatchObject({ 'repeated-hour': 2, duplicate: 0 });
});

test('hostile and hopeless files fail with their reason', () => {
  expect(failure('')).toBe('import.empty');
  expect(failure(' \r\n\r\n \n')).toBe('import.empty');
  expect(failure(header)).toBe('import.empty');
  expect(failure(header.trim())).toBe('import.empty');
  expect(failure('hello world\nthis is a letter\n')).toBe('import.format-unknown');
  expect(failure(new Uint8Array(5000))).toBe('import.not-text');
  expect(failure(new Uint8Array(100_000_000).fill(65))).toBe('import.not-text');
  expect(failure(file(...rows(3000), 'x'.repeat(200_000)))).toBe('import.not-text');
  expect(failure(file(...rows(3), ...Array(9).fill('a,b,c,d,e,f')))).toBe(
    'import.too-many-problems',
  );
  expect(failure(file('a,b,c,d,e,f', 'a,b,c,d,e,f'))).toBe('import.no-valid-rows');
  expect(failure(Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3))).toBe('import.archive-damaged');
});

test('one row is enough when its timeframe is known', () => {
  const one = file(rows(1)[0]!);
  expect(failure(one)).toBe('import.timeframe-mismatch');
  expect(parse(one, { timeframe: 'H4' }).bars.length).toBe(1);
  const named = parseBars(encode(one), 'EURUSD_H1.csv');
  expect(named.ok && named.value.timeframe).toBe('H1');
  const daily = parseBars(encode('date,open,high,low,close\n2024-01-02,1,2,1,2\n'), 'X_D1.csv');
  expect(daily.ok && daily.value.bars.length).toBe(1);
});

test('a timeframe that the bars cannot have is refused', () => {
  expect(failure(file(...rows(30)), { timeframe: 'H4' })).toBe('import.timeframe-mismatch');
  expect(failure(file(...rows(30)), { timeframe: 'M5' })).toBe('import.timeframe-mismatch');
});

test('gzip is unpacked, and damage to it is never read as prices', () => {
  const text = file(...rows(500));
  const packed = new Uint8Array(gzipSync(text));
  const parsed = parseBars(packed, 'X.csv.gz');
  expect(parsed.ok && parsed.value.bars.length).toBe(500);
  expect(failure(packed.slice(0, -20))).toBe('import.archive-damaged');
  for (let at = 12; at < packed.length; at += 7) {
    const damaged = packed.slice();
    damaged[at]! ^= 1;
    expect(failure(damaged)).toBe('import.archive-damaged');
  }
  const two = new Uint8Array([...packed, ...gzipSync(`\n${rows(5, 500).join('\n')}`)]);
  const joined = parseBars(two, 'X.csv.gz');
  expect(joined.ok && joined.value.bars.length).toBe(505);
});

test('a small file that unpacks without end is stopped at the limit', () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(50_000_000)));
  const out = inflate(bomb, 1_000_000);
  expect(out).toMatchObject({ ok: false, error: { code: 'import.too-large' } });
});

test('problems beyond a thousand of a kind are counted, not listed', () => {
  const parsed = parse(file(...rows(3000), ...Array(1500).fill('nonsense')));
  expect(parsed.counts.unreadable).toBe(1500);
  expect(parsed.problems.filter(({ kind }) => kind === 'unreadable')).toHaveLength(1000);
});

test('a gap says how many bars are missing and after which minute', () => {
  const withHole = (hole: number) => rows(500).filter((_, i) => i < 300 || i >= 300 + hole);
  const gaps = (hole: number) =>
    parse(file(...withHole(hole)))
      .problems.filter(({ kind }) => kind === 'gap')
      .map(({ text }) => text);
  expect(gaps(24)).toEqual(['24 bars missing after 2024-01-14 11:00 UTC']);
});
