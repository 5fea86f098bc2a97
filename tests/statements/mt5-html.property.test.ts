import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hedgingAccount, nettingAccount, step, type MadeAccount } from './made-account.ts';
import { german, mt5Html, russian, type ReportManner } from './mt5-html.ts';
import { read } from './read-report.ts';

const steps = fc.array(step, { minLength: 1, maxLength: 40 });
const account = fc.oneof(steps.map(hedgingAccount), steps.map(nettingAccount));
const manner = fc.record({
  words: fc.constantFrom({}, german, russian),
  minus: fc.constantFrom('&minus;', '-', '−', '- ', '&#8722;'),
  encoding: fc.constantFrom<NonNullable<ReportManner['encoding']>>(
    'utf-16le',
    'utf-16le-unmarked',
    'utf-8',
  ),
});
const ends = ({ deals, startBalance }: MadeAccount): number => {
  const cents = deals
    .filter(({ kind }) => kind !== 'credit')
    .flatMap(({ profit, commission, fee, swap }) => [profit, commission, fee, swap])
    .reduce((sum, money) => sum + Math.round(money * 100), 0);
  return Math.round(startBalance * 100 + cents) / 100;
};

describe('a report of MetaTrader 5', () => {
  it('is read back deal for deal, with its positions and to the cent of its balance', () => {
    fc.assert(
      fc.property(account, manner, (made, written) => {
        const back = read(mt5Html(made, written), written);
        expect(back.deals).toEqual(made.deals);
        expect(back).toMatchObject({
          ...{ format: 'mt5-html', account: '51234567@Example-Demo', currency: 'EUR' },
          ...{ startBalance: 1234.56, endBalance: ends(made), balanceFault: null },
          ...{ skipped: [], skippedByReason: {}, statedZone: null, isCut: false },
        });
      }),
    );
  });

  it('of an older terminal has no fees', () => {
    const made = fc.sample(steps.map(hedgingAccount), { numRuns: 5, seed: 7 });
    for (const { deals, ...rest } of made) {
      const without = { ...rest, deals: deals.map((deal) => ({ ...deal, fee: 0 })) };
      expect(read(mt5Html(without, { hasFee: false }))).toMatchObject({
        deals: without.deals,
        balanceFault: null,
      });
    }
  });
});
