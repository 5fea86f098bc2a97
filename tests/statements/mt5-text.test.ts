import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlRows } from '../../workers/journal/statements/html-rows.ts';
import { hedgingAccount, step } from './made-account.ts';
import { mt5Html } from './mt5-html.ts';
import { read } from './read-report.ts';

const made = fc
  .sample(fc.array(step, { minLength: 30, maxLength: 30 }).map(hedgingAccount), {
    numRuns: 4,
    seed: 8,
  })
  .map((account) => ({
    ...account,
    // What stands in quotes is tried by the lists of trades.
    deals: account.deals.map((deal) => ({ ...deal, symbol: deal.symbol.replace(/[^\w.]+/g, '') })),
    positions: account.positions.map((row) => ({
      ...row,
      symbol: row.symbol.replace(/[^\w.]+/g, ''),
    })),
  }));

describe('a report of MetaTrader 5 saved as separated values', () => {
  it.each(made)('is read back deal for deal', (account) => {
    const lines = [...htmlRows(mt5Html(account))].map(({ cells }) => cells.join(';'));
    const back = read(lines.join('\r\n'), { encoding: 'utf-8' });
    expect(back.deals).toEqual(account.deals);
    expect(back).toMatchObject({ format: 'mt5-csv', currency: 'EUR', balanceFault: null });
  });
});
