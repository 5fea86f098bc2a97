import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundTripsOf } from '../../core/journal/round-trips.ts';
import { exactSum } from '../../workers/journal/statements/draft.ts';
import { readStatement } from '../../workers/journal/statements/read-statement.ts';
import type { StatementRead } from '../../workers/journal/statements/statement.ts';
import {
  balanced,
  closings,
  ctraderCsv,
  ctraderLines,
  manner,
  startCents,
  type MadeClosing,
} from './ctrader.ts';
import { bytesOf, escaped } from './mt5-html.ts';
import { workbookOf } from './mt5-workbook.ts';
import { read } from './read-report.ts';

const eastMs = 8 * 3_600_000;
const zoneless = { encoding: 'utf-8', account: 'cT', zone: '+08:00' } as const;
const plain = { kind: 'statement', rows: 'by-closing', currency: 'USD' } as const;

function expectMade(back: StatementRead, made: readonly MadeClosing[]): void {
  expect(back).toMatchObject({ format: 'ctrader', statedZone: '+08:00', skipped: [] });
  const last = made.at(-1)!;
  expect(back).toMatchObject({
    ...{ startBalance: startCents / 100, endBalance: last.balanceCents / 100, balanceFault: null },
  });
  const { trips } = roundTripsOf(back.deals);
  const positions = new Map<number, MadeClosing[]>();
  for (const each of made)
    positions.set(each.position, [...(positions.get(each.position) ?? []), each]);
  expect(trips).toHaveLength(positions.size);
  for (const parts of positions.values()) {
    const { symbol, side, openedMs, open } = parts[0]!;
    const found = trips.find((trip) => trip.openedMs === openedMs - eastMs)!;
    const net = parts.reduce((sum, { netCents }) => sum + netCents, 0) / 100;
    expect(found).toMatchObject({
      ...{ symbol, side: side.toLowerCase(), isWhole: true, openLots: 0 },
      closedMs: parts.at(-1)!.closedMs - eastMs,
      volumeLots: parts.reduce((sum, { hundredths }) => sum + hundredths, 0) / 100,
      entryPrice: expect.closeTo(open, 6),
    });
    const { gross, commission, fee, swap } = found;
    expect(exactSum([gross, commission, fee, swap])).toBe(net);
  }
}

describe('a list of cTrader', () => {
  it('is read back position for position and to the cent, however it was saved', () => {
    fc.assert(
      fc.property(closings, manner, fc.constantFrom('csv', 'html', 'xlsx'), (made, written, as) => {
        const lines = ctraderLines(made, written);
        const html = (cells: readonly string[]) =>
          `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
        const text =
          as === 'html'
            ? `<html><table>${lines.map(html).join('')}</table></html>`
            : ctraderCsv(lines);
        const back = read(as === 'xlsx' ? workbookOf(lines, 'shared') : text, zoneless);
        expectMade(back, made);
        const currency = { USD: 'USD', EUR: 'EUR', '€': 'EUR', $: null }[written.currency];
        expect(back.currency).toBe(currency);
      }),
      { numRuns: 60 },
    );
  });

  it('adds up over files that overlap or part a position', () => {
    fc.assert(
      fc.property(closings, fc.nat(40), fc.nat(40), (made, cut, more) => {
        const at = cut % (made.length + 1);
        const halves = [made.slice(0, Math.min(made.length, at + (more % 5))), made.slice(at)];
        const deals = halves
          .filter((half) => half.length > 0)
          .flatMap((half) => read(ctraderCsv(ctraderLines(half, plain)), zoneless).deals);
        const whole = read(ctraderCsv(ctraderLines(made, plain)), zoneless).deals;
        expect(roundTripsOf(deals).trips).toEqual(roundTripsOf(whole).trips);
      }),
      { numRuns: 60 },
    );
  });

  it('that does not say when it was opened tells its closings, to the cent', () => {
    fc.assert(
      fc.property(closings, (made) => {
        const back = read(ctraderCsv(ctraderLines(made, { ...plain, kind: 'short' })), zoneless);
        expect(back).toMatchObject({ format: 'ctrader', balanceFault: null, skipped: [] });
        const { trips } = roundTripsOf(back.deals);
        expect(trips).toHaveLength(made.length);
        expect(trips.every(({ isWhole }) => !isWhole)).toBe(true);
        expect(exactSum(trips.map(({ net }) => net))).toBe(
          exactSum(made.map(({ netCents }) => netCents / 100)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('says by how much its balance changed beside its closings', () => {
    fc.assert(
      fc.property(
        closings,
        fc.nat(40),
        fc.integer({ min: 1, max: 9_000_000 }),
        (made, at, paidCents) => {
          fc.pre(
            made.length > 1 && new Set(made.map(({ closedMs }) => closedMs)).size === made.length,
          );
          const place = 1 + (at % (made.length - 1));
          const paid = balanced(
            made.map((each, i) => (i === place ? { ...each, paidCents } : each)),
          );
          const back = read(ctraderCsv(ctraderLines(paid, plain)), zoneless);
          expect(back.balanceFault).toBe(paidCents / 100);
          expect(back.skipped.map(({ text }) => Number(text))).toEqual([paidCents / 100]);
          expect(back.deals).toHaveLength(2 * made.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('cut anywhere tells what it has, or fails in words', () => {
    const [made] = fc.sample(closings, { numRuns: 1, seed: 7 });
    const text = ctraderCsv(ctraderLines(made!, plain));
    for (let end = 0; end < text.length; end += 17) {
      const result = readStatement(
        { name: 'a.csv', bytes: bytesOf(text.slice(0, end), 'utf-8') },
        {},
      );
      if (!result.ok) expect(result.error.code).toBe('journal.format-unknown');
      else expect(result.value.deals.length % 2).toBe(0);
    }
  });
});
