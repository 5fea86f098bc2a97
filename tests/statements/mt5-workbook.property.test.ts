import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../workers/journal/statements/read-statement.ts';
import { workbookRows } from '../../workers/journal/statements/workbook.ts';
import { hedgingAccount, nettingAccount, step } from './made-account.ts';
import { mt5Workbook, type CellManner } from './mt5-workbook.ts';
import { read } from './read-report.ts';

const steps = fc.array(step, { minLength: 1, maxLength: 20 });
const account = fc.oneof(steps.map(hedgingAccount), steps.map(nettingAccount));
const manner = fc.constantFrom<CellManner>('shared', 'inline', 'spreadsheet');
const unknown = { ok: false, error: { code: 'journal.format-unknown' } };
const attempt = (bytes: Uint8Array) => readStatement({ name: 'r.xlsx', bytes }, { zone: 'UTC' });
const sheet = (rows: string): Uint8Array =>
  zipSync({ 'xl/worksheets/sheet1.xml': strToU8(`<sheetData>${rows}</sheetData>`) });

describe('a workbook of MetaTrader 5', () => {
  it('is read back deal for deal, however its cells are written', () => {
    fc.assert(
      fc.property(account, manner, (made, written) => {
        const back = read(mt5Workbook(made, written));
        expect(back.deals).toEqual(made.deals);
        expect(back).toMatchObject({
          ...{ format: 'mt5-xlsx', account: '51234567@Example-Demo', currency: 'EUR' },
          ...{ startBalance: 1234.56, balanceFault: null, skipped: [] },
        });
      }),
      { numRuns: 60 },
    );
  });

  it('that is cut or damaged fails in words', () => {
    const [made] = fc.sample(steps.map(hedgingAccount), { numRuns: 1, seed: 4 });
    const bytes = mt5Workbook(made!, 'shared');
    for (let end = 4; end < bytes.length; end += 61) {
      expect(attempt(bytes.subarray(0, end))).toMatchObject(unknown);
    }
    for (let at = 30; at < bytes.length; at += 97) {
      const torn = bytes.slice();
      torn[at] = ~torn[at]!;
      const result = attempt(torn);
      if (!result.ok) expect(result.error.code).toBe('journal.format-unknown');
    }
  });

  it('that unpacks to more than it says, or names far cells, takes no more room than it says', () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(4_000_000) }, { level: 9 });
    const view = new DataView(bomb.buffer);
    const central = view.getUint32(bomb.length - 6, true);
    // The length that the directory tells.
    view.setUint32(central + 24, 1000, true);
    expect(attempt(bomb)).toMatchObject(unknown);
    view.setUint32(central + 24, 0xfffffff0, true);
    expect(attempt(bomb)).toMatchObject(unknown);
    const far = workbookRows(
      sheet('<row r="1"><c r="XFD1"><v>1</v></c><c r="B1"><v>2</v></c></row>'),
    );
    expect(far).toMatchObject([{ line: 1, cells: ['', '2'] }]);
    expect(workbookRows(sheet('<c '.repeat(200_000)))).toEqual([]);
    expect(
      workbookRows(sheet('<row><c t="s"><v>99</v></c><c t="e"><v>#REF!</v></c></row>')),
    ).toMatchObject([{ cells: ['', '#REF!'] }]);
  });
});
