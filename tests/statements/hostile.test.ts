import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatement } from '../../workers/journal/statements/read-statement.ts';
import { htmlRows } from '../../workers/journal/statements/html-rows.ts';
import { hedgingAccount, step } from './made-account.ts';
import { bytesOf, mt5Html } from './mt5-html.ts';

const [made] = fc.sample(fc.array(step, { minLength: 12, maxLength: 12 }).map(hedgingAccount), {
  numRuns: 1,
  seed: 3,
});
const report = mt5Html(made!);
const attempt = (bytes: Uint8Array) => readStatement({ name: 'r.html', bytes }, { zone: 'UTC' });
const cells = (text: string) => [...htmlRows(text)].map((row) => row.cells);

describe('a report that is cut', () => {
  it('anywhere gives the deals before the cut as they are, and says that it is cut', () => {
    const bytes = bytesOf(report);
    for (let end = 0; end < bytes.length - 64; end += 37) {
      const result = attempt(bytes.subarray(0, end));
      if (!result.ok) {
        expect(result.error.code).toBe('journal.format-unknown');
        continue;
      }
      const { deals, skippedByReason } = result.value;
      expect(skippedByReason).toHaveProperty(
        'The file stops before its end: deals may be missing.',
      );
      const bare = (all: typeof deals) => all.map((d) => ({ ...d, position: '' }));
      expect(bare(deals)).toEqual(bare(made!.deals.slice(0, deals.length)));
    }
  });

  it('whose text was ended anew is cut all the same where its positions or its results are missing', () => {
    const whole = bytesOf(report, 'utf-8');
    expect(attempt(whole)).toMatchObject({ ok: true, value: { isCut: false } });
    const rows = report.split('\r\n');
    const first = rows.findIndex((row) => row.includes('>Deals<')) + 2;
    const end = rows.findLastIndex((row) => row.startsWith('<tr bgcolor="#FFFFFF"'));
    for (let kept = first + 1; kept <= end + 1; kept++) {
      const text = `${rows.slice(0, kept).join('\r\n')}</table></body></html>`;
      expect(attempt(bytesOf(text))).toMatchObject({ ok: true, value: { isCut: true } });
      // As a terminal that stopped half-way, or a page that was saved while it was loaded.
      const torn = attempt(bytesOf(rows.slice(0, kept).join('\r\n')));
      expect(torn).toMatchObject({ ok: true, value: { isCut: true } });
    }
  });
});

describe('a hostile report', () => {
  it('of any bytes fails in words', () => {
    const torn = fc
      .array(
        fc.tuple(fc.nat(report.length), fc.constantFrom('<', '>', '"', '<td>', '&#x;', '<!--')),
      )
      .map((cuts) =>
        cuts.reduce((text, [at, put]) => text.slice(0, at) + put + text.slice(at + 3), report),
      )
      .map((text) => bytesOf(text, 'utf-8'));
    fc.assert(
      fc.property(fc.oneof(torn, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        const result = attempt(bytes);
        if (!result.ok) expect(result.error.code).toBe('journal.format-unknown');
        else for (const { atMs } of result.value.deals) expect(atMs).not.toBeNaN();
      }),
    );
  });

  it('runs nothing: what is no cell is passed over, what is in one stays text', () => {
    expect(
      cells(
        '<table><tr><td>a<script>if (1 < 2) "</td>"</script>b<td title=">">&lt;img src=x onerror=1&gt;' +
          '<!-- <td>no --><tr><th>&#0;&#x110000;&#xd800;&bogus;&amp;lt;<style></td></style></table>',
      ),
    ).toEqual([['ab', '<img src=x onerror=1>'], ['&bogus;&lt;']]);
  });

  it('of nested tables, endless spans and endless cells stays bounded', () => {
    const [first] = cells(`<tr>${'<td colspan=999999>x'.repeat(5000)}</table>`);
    expect(first!.length).toBeLessThan(600);
    const [long] = cells(`<tr><td>${'y<b>'.repeat(50_000)}</tr>`);
    expect(long![0]!.length).toBe(4096);
    expect(cells(`${'<table><tr><td>z'.repeat(20_000)}`)).toHaveLength(20_000);
    for (const opening of ['<!--', '<script>', '<td class="', '<', '&#', '<td '.repeat(3)]) {
      expect(cells(opening.repeat(100_000)).length).toBeLessThan(2);
    }
  });

  it('with names of prototypes harms nothing', () => {
    const text = report.replaceAll('EURUSD', '__proto__').replaceAll('breakout', 'constructor');
    const result = attempt(bytesOf(text));
    expect(result.ok && result.value.deals.length).toBe(made!.deals.length);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
