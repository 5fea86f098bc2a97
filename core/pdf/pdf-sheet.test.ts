/** A PDF that a reader can open: every object where the table says, each word on its page. */
import { zlibSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pdfText } from '../../tests/pdf-text.ts';
import { pdfFile } from './pdf-file.ts';
import { fittedText, shownText, widthOf } from './pdf-letters.ts';
import type { PdfPen } from './pdf-lettering.ts';
import { PdfSheet, type PdfColumn } from './pdf-sheet.ts';

const facts = { title: 'Ein Bericht – €', madeMs: Date.UTC(2026, 10, 27), language: 'en' };
const textsOf = async (sheet: PdfSheet) =>
  pdfText(await pdfFile(sheet.pages, facts, (bytes) => Promise.resolve(zlibSync(bytes))));
const texts = fc
  .array(fc.integer({ min: 0x20, max: 0x2fff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes));
const columns: readonly PdfColumn[] = [
  { label: 'Symbol', share: 2 },
  { label: 'Result', share: 1, isNumber: true },
];

describe('a PDF', () => {
  test('holds every row of a long table once, under a head on each page', async () => {
    const sheet = new PdfSheet();
    sheet.title('Report');
    const rows = Array.from({ length: 200 }, (_, at) => [{ text: `S${at}` }, { text: `${at}.00` }]);
    sheet.table(columns, rows);
    sheet.foot((page, pages) => `Page ${page} of ${pages}`);
    const pages = await textsOf(sheet);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.flat().filter((text) => text.startsWith('S') && text !== 'Symbol')).toEqual(
      rows.map(([symbol]) => symbol!.text),
    );
    for (const [at, page] of pages.entries()) {
      expect(page).toContain('Symbol');
      expect(page.at(-1)).toBe(`Page ${at + 1} of ${pages.length}`);
    }
  });

  test('shows signs that matter, letters without accents it lacks, and never runs a text', async () => {
    const sheet = new PdfSheet();
    sheet.title('−1.50 € · Übung (“ok”) Łódź ăș 日');
    sheet.title(') Tj ET /JavaScript <script>');
    const [[first, second] = []] = await textsOf(sheet);
    expect(first).toBe('−1.50 € · Übung (“ok”) Lódz as ?');
    expect(second).toBe(') Tj ET /JavaScript <script>');
  });

  test('has the pen of the device draw what the font lacks, and cuts it to its room', async () => {
    let drawn = 0;
    /** Each sign is a full square. */
    const pen: PdfPen = {
      widthOf: (text, { sizePt }) => Array.from(text).length * sizePt,
      draw(text, { sizePt }) {
        drawn++;
        const [widthDots, heightDots] = [Math.ceil(Array.from(text).length * sizePt), sizePt];
        const bits = new Uint8Array(Math.ceil(widthDots / 8) * heightDots).fill(255);
        const place = { leftDots: 0, ascentDots: heightDots, dotsPerPt: 1 };
        return { text, bits, widthDots, heightDots, ...place };
      },
    };
    const sheet = new PdfSheet(pen);
    sheet.title('Łódź – отчёт');
    sheet.title('Report');
    const long = '日'.repeat(200);
    const row = [{ text: long }, { text: '−1.50' }];
    sheet.table(columns, [row, row]);
    sheet.words(`${long} end`);
    const [page = []] = await textsOf(sheet);
    expect(page.slice(0, 2)).toEqual(['Łódź – отчёт', 'Report']);
    expect(page.filter((text) => text === `${'日'.repeat(40)}…`)).toHaveLength(2);
    expect(page.filter((text) => text === '−1.50')).toHaveLength(2);
    const words = page.slice(page.lastIndexOf('−1.50') + 1);
    expect(words.join('')).toBe(`${long} end`);
    expect(Math.max(...words.map((line) => line.length * 9))).toBeLessThanOrEqual(512);
    // Of equal texts on two lines one is drawn.
    expect(drawn).toBe(1 + 1 + new Set(words.filter((text) => text.includes('日'))).size);
  });

  test('draws a curve of one point, of none and of equal ones', async () => {
    const sheet = new PdfSheet();
    for (const values of [[], [3], [0, 0, 0]]) {
      const timesMs = values.map((_, at) => at);
      const look = { ink: [0, 0, 1] as const, heightPt: 50, ends: ['from', 'to'] as const };
      sheet.curve({ ...look, timesMs, values, top: 'top', bottom: 'bottom' });
    }
    expect((await textsOf(sheet)).flat().filter((text) => text === 'top')).toHaveLength(3);
  });

  test('cuts a text to its room, and only where it has none', () => {
    fc.assert(
      fc.property(texts, fc.nat(300), (text, room) => {
        const fitted = fittedText(text, room, 8, 'plain');
        const whole = shownText(text);
        if (widthOf(whole, 8, 'plain') <= room) expect(fitted).toBe(whole);
        else if (fitted.length > 2) expect(widthOf(fitted, 8, 'plain')).toBeLessThanOrEqual(room);
      }),
    );
  });
});
