import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, makeBars, plain } from '#core/market/made-bars.ts';
import { createLineReader } from './careful-rows.ts';
import { createFastReader } from './fast-rows.ts';
import type { parsePrices } from './parse.ts';
import { parseBars } from './parse.ts';
import { createProblems } from './problems.ts';
import { createRows, shapeOf } from './rows.ts';
import { createSession } from './session.ts';
import { sniff } from './sniff.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** A file of bars with every kind of trouble in it, from a seed. */
function troubledFile(seed: number, count: number): string {
  const random = createRandom(seed);
  const bars = makeBars({ count, seed, volume: true });
  const end = ['\n', '\r\n'][Math.floor(random() * 2)]!;
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)]!;
  const price = (points: number) => {
    const text = (points / 1e5).toFixed(pick([5, 5, 5, 6, 7]));
    return random() < 0.2 ? String(Number(text)) : text;
  };
  const lines = [',Open,High,Low,Close,Volume'];
  for (let i = 0; i < count; i++) {
    const time = new Date(bars.timesMs[i]!).toISOString().replace('T', ' ').slice(0, 19);
    const { open, high, low, close } = bars.bid;
    const cells = [
      time,
      ...[open, high, low, close].map((side) => price(side[i]!)),
      bars.volume![i]!,
    ];
    const trouble = random();
    if (trouble < 0.02)
      cells[1] = pick(['x', '', 'NaN', '1e', '--1', '1.2.3', '99', '-5', ' 1.1 ']);
    else if (trouble < 0.04)
      cells[0] = pick(['', 'soon', '2020-13-01 00:00:00', time.slice(0, 16)]);
    else if (trouble < 0.06) cells[5] = pick(['', '-1', '1.5', 'null', '12345678901234567']);
    else if (trouble < 0.08) cells.push(pick(['', 'extra', '"a,b"']));
    else if (trouble < 0.09) cells.length = 4;
    else if (trouble < 0.1) lines.push(lines.at(-1)!);
    lines.push(cells.join(','));
  }
  return lines.join(end) + (random() < 0.5 ? end : '');
}

function summary(result: ReturnType<typeof parsePrices>) {
  if (!result.ok) return result.error;
  if (result.value.kind === 'ticks') return result.value;
  const { bars, lines, ...rest } = result.value;
  return { ...plain(bars), ...rest, digits: bars.digits, lines: Array.from(lines) };
}

test('a file cut anywhere into any chunks is the whole file', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 40 }), (seed, cuts) => {
      const bytes = encode(troubledFile(seed, 120));
      const session = createSession('EURUSD.csv', {}, 0);
      const ends = [...cuts.map((cut) => cut % bytes.length), bytes.length].sort((a, b) => a - b);
      let from = 0;
      for (const to of ends) {
        expect(session.feed(bytes.slice(from, to))).toBeNull();
        from = to;
      }
      expect(summary(session.finish())).toEqual(summary(parseBars(bytes, 'EURUSD.csv')));
    }),
    { numRuns: 150 },
  );
});

test('a large file cut into chunks is the whole file', () => {
  const bytes = encode(troubledFile(7, 6000));
  expect(bytes.length).toBeGreaterThan(300_000);
  const whole = summary(parseBars(bytes, 'EURUSD.csv'));
  for (const size of [1000, 65_536, 200_000]) {
    const session = createSession('EURUSD.csv', {}, bytes.length);
    for (let from = 0; from < bytes.length; from += size) {
      expect(session.feed(bytes.slice(from, from + size))).toBeNull();
    }
    expect(summary(session.finish())).toEqual(whole);
  }
});

const formatsOfTime = [
  (iso: string) => iso.slice(0, 19),
  (iso: string) => `${iso.slice(0, 19)}Z`,
  (iso: string) => `${iso.slice(0, 19)}-05:30`,
  (iso: string) => iso.slice(0, 23),
  (iso: string) => iso.slice(0, 16).replace('T', ' ').replaceAll('-', '.'),
  (iso: string) => iso.slice(0, 16).replace('T', ',').replaceAll('-', '.'),
  (iso: string) => iso.slice(0, 19).replace('T', ' ').replace(/[-:]/g, ''),
  (iso: string) => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`,
  (iso: string) => String(Date.parse(iso) / 1000),
  (iso: string) => String(Date.parse(iso)),
];

test('the fast reader gives what the careful one gives, and takes every ordinary row', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.constantFrom(...formatsOfTime),
      fc.boolean(),
      (seed, write, broken) => {
        const random = createRandom(seed);
        const made = makeBars({
          count: 40,
          seed,
          volume: true,
          stepMs: 60_000 * (1 + (seed % 3000)),
        });
        const { open, high, low, close } = made.bid;
        const text = Array.from(made.timesMs, (ms, i) => {
          const zeros = '0'.repeat(Math.floor(random() * 4));
          const sides = [open, high, low, close].map((side) => (side[i]! / 1e5).toFixed(5) + zeros);
          const volume = random() < 0.5 ? made.volume![i]! : (made.volume![i]! / 8).toFixed(4);
          return `${write(new Date(ms).toISOString())},${sides.join(',')},${volume}\n`;
        }).join('');
        const bytes = encode(text);
        const sniffed = sniff(bytes, 'a.csv', {});
        if (!sniffed.ok) throw new Error(sniffed.error.detail);
        // After the layout is known, any byte may turn out to be another.
        for (let k = 0; broken && k < 6; k++) {
          bytes[Math.floor(random() * (bytes.length - 1))] = 32 + Math.floor(random() * 90);
        }
        const { layout } = sniffed.value;
        const shape = shapeOf(layout.roles);
        const careful = createRows(shape, 64);
        const reader = createLineReader(layout, careful, createProblems());
        const mixed = createRows(shape, 64);
        mixed.digits = 5;
        careful.digits = 5;
        const fast = createFastReader(layout, mixed)!;
        const fallback = createLineReader(layout, mixed, createProblems());
        let line = 1;
        let skipped = 0;
        for (let p = 0; p < bytes.length; line++) {
          const end = bytes.indexOf(10, p);
          reader.read(bytes, p, end, line);
          const single = bytes.slice(p, end + 1);
          const taken = fast.read(single, 0, single.length, line) === single.length;
          if (!taken) fallback.read(single, 0, single.length - 1, line);
          if (!taken) skipped++;
          p = end + 1;
        }
        const values = (rows: typeof careful) => ({
          count: rows.count,
          digits: rows.digits,
          times: Array.from(rows.timesMs.subarray(0, rows.count)),
          lines: Array.from(rows.lines.subarray(0, rows.count)),
          prices: rows.prices.map((column) => Array.from(column.subarray(0, rows.count))),
          volume: Array.from((rows.volume ?? rows.tickVolume)!.subarray(0, rows.count)),
        });
        expect(values(mixed)).toEqual(values(careful));
        if (!broken) expect(skipped).toBe(0);
      },
    ),
    { numRuns: 600 },
  );
});

test('no bytes whatever make the parser throw or hang', () => {
  const texts = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.string({ maxLength: 2000 }).map(encode),
    fc
      .array(
        fc.constantFrom(
          '1.5',
          ',',
          ';',
          '\t',
          '\n',
          '\r',
          '"',
          '2024-01-02',
          ':',
          '-',
          '\0',
          'open',
        ),
        {
          maxLength: 400,
        },
      )
      .map((parts) => encode(parts.join(''))),
    fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 60 })).map(([seed, noise]) => {
      const bytes = encode(troubledFile(seed, 30));
      bytes.set(noise, seed % (bytes.length - 60));
      return bytes;
    }),
    fc.uint8Array({ maxLength: 500 }).map((bytes) => Uint8Array.of(0x1f, 0x8b, ...bytes)),
    fc.uint8Array({ maxLength: 500 }).map((bytes) => Uint8Array.of(0xff, 0xfe, ...bytes)),
  );
  fc.assert(
    fc.property(texts, (bytes) => {
      const parsed = parseBars(bytes, 'X.csv');
      expect(typeof parsed.ok).toBe('boolean');
    }),
    { numRuns: 1500 },
  );
});

test('every price is the double that its text says', () => {
  const text = fc.oneof(
    fc.tuple(fc.nat(), fc.nat({ max: 99_999_999 })).map(([a, b]) => `${a}.${b}`),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer().map(String),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), (cells) => {
      const rows = cells.map(
        (cell, i) => `${1_700_000_000 + i * 60},${cell},${cell},${cell},${cell}`,
      );
      const parsed = parseBars(encode(`time,open,high,low,close\n${rows.join('\n')}`), 'X_M1.csv');
      if (!parsed.ok) throw new Error(parsed.error.detail);
      expect(plain(parsed.value.bars).bid.close).toEqual(cells.map((cell) => Number(cell) + 0));
    }),
    { numRuns: 1000 },
  );
});
