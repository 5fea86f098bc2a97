/** Rows read by WASM against those read by its twin in TypeScript. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '#core/market/made-bars.ts';
import { readPlainRows } from './plain-rows.ts';
import { planRow, type RowPlan } from './row-plan.ts';
import { createRows, shapeOf, type RowColumns } from './rows.ts';
import { sniff } from './sniff.ts';
import { createWasmReader } from './wasm-rows.ts';

const writeTime = [
  (iso: string) => iso.slice(0, 19).replace('T', ' '),
  (iso: string) => `${iso.slice(0, 19)}+02:00`,
  (iso: string) => iso.slice(0, 23),
  (iso: string) => iso.slice(0, 16).replaceAll('-', '.').replace('T', ','),
  (iso: string) => iso.slice(0, 19).replace('T', ' ').replace(/[-:]/g, ''),
  (iso: string) => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`,
  (iso: string) => iso.slice(0, 10),
];

interface MadeText {
  readonly seed: number;
  readonly write: (iso: string) => string;
  readonly hasAsk: boolean;
  readonly end: string;
}

/** Rows whose prices and volumes grow from one digit to as many as a row can hold. */
function textOf({ seed, write, hasAsk, end }: MadeText): string {
  const random = createRandom(seed);
  const stepMs = write('2020-01-01T00:00:00.000Z').length === 10 ? 86_400_000 : 61_000;
  const digits = Math.floor(random() * 5);
  let whole = 1 + Math.floor(random() * 20);
  return Array.from({ length: 60 }, (_, i) => {
    if (random() < 0.1) whole = Math.min(8000, whole * 3);
    const low = whole + random();
    const at = (above: number) =>
      (low + above).toFixed(random() < 0.05 ? Math.max(0, digits - 1) : digits);
    const side = (shift: number) => [at(0.5 + shift), at(2 + shift), at(shift), at(1 + shift)];
    const volume = random() < 0.2 ? (random() * 1e4).toFixed(3) : Math.floor(random() * 1e6);
    const time = write(new Date(Date.UTC(2020, 1, 27) + i * stepMs).toISOString());
    return [time, ...side(0), ...(hasAsk ? side(4) : []), volume, 'x'].join(',') + end;
  }).join('');
}

const roles = (time: string, hasAsk: boolean) => [
  ...(time.includes(',') ? (['date', 'timeOfDay'] as const) : (['time'] as const)),
  ...(['open', 'high', 'low', 'close'] as const),
  ...(hasAsk ? (['askOpen', 'askHigh', 'askLow', 'askClose'] as const) : []),
  'volume' as const,
  'ignore' as const,
];

type Read = (bytes: Uint8Array, from: number, line: number) => number;

/** All rows that `read` takes, one line left out wherever it stops. */
function taken(rows: RowColumns, bytes: Uint8Array, read: Read) {
  let line = 1;
  for (let p = 0; p < bytes.length;) {
    const before = rows.count;
    p = read(bytes, p, line);
    line += rows.count - before;
    if (p >= bytes.length) break;
    p = bytes.indexOf(10, p) + 1 || bytes.length;
    line++;
  }
  return {
    count: rows.count,
    times: Array.from(rows.timesMs.subarray(0, rows.count)),
    lines: Array.from(rows.lines.subarray(0, rows.count)),
    prices: rows.prices.map((column) => Array.from(column.subarray(0, rows.count))),
    volume: Array.from(rows.volume!.subarray(0, rows.count)),
  };
}

function twins(plan: RowPlan, layout: Parameters<typeof shapeOf>[0], bytes: Uint8Array) {
  const make = () => ({ ...createRows(shapeOf(layout), 64), digits: 4 });
  const plain = make();
  const readPlain: Read = (text, from, line) =>
    readPlainRows(plan, plain, text, { from, to: text.length, line, most: 1000 });
  const expected = taken(plain, bytes, readPlain);
  const wasm = make();
  const reader = createWasmReader(plan, wasm)!;
  let left = 0;
  // As `createFastReader`: what WASM leaves is offered to the twin, a row at a time.
  const found = taken(wasm, bytes, (text, from, firstLine) => {
    const first = wasm.count;
    for (let p = from; ;) {
      const lineAt = () => firstLine + wasm.count - first;
      p = reader.read(text, p, text.length, lineAt());
      if (p >= text.length) return p;
      left++;
      const span = { from: p, to: text.length, line: lineAt(), most: 1 };
      const next = readPlainRows(plan, wasm, text, span);
      if (next === p) return p;
      p = next;
    }
  });
  return { expected, found, left };
}

const made = fc.record({
  seed: fc.nat(),
  write: fc.constantFrom(...writeTime),
  hasAsk: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n'),
});

function planOf(request: MadeText, bytes: Uint8Array) {
  const own = roles(request.write('2020-01-01T00:00:00.000Z'), request.hasAsk);
  const sniffed = sniff(bytes, 'a.csv', { roles: own, dateOrder: 'dmy', format: 'generic' });
  if (!sniffed.ok) throw new Error(sniffed.error.detail);
  return { plan: planRow(sniffed.value.layout)!, roles: sniffed.value.layout.roles };
}

test('takes every ordinary row that has a date, whatever its widths', () => {
  fc.assert(
    fc.property(made, (request) => {
      const bytes = new TextEncoder().encode(textOf(request));
      const { plan, roles: columns } = planOf(request, bytes);
      const { expected, found, left } = twins(plan, columns, bytes);
      expect(found).toEqual(expected);
      expect(expected.count).toBe(60);
      expect(left).toBe(0);
    }),
    { numRuns: 400 },
  );
});

test('takes no row that its twin does not, and makes the same of those it takes', () => {
  const noise = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 9, max: 126 })), { maxLength: 12 });
  fc.assert(
    fc.property(made, noise, (request, changes) => {
      const bytes = new TextEncoder().encode(textOf(request));
      const { plan, roles: columns } = planOf(request, bytes);
      for (const [place, byte] of changes) bytes[place % (bytes.length - 2)] = byte;
      const { expected, found } = twins(plan, columns, bytes);
      expect(found).toEqual(expected);
    }),
    { numRuns: 1500 },
  );
});
