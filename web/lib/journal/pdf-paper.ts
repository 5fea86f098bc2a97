/** The report on paper as a PDF file. */
import type { TripReport } from '#core/journal/trip-report.ts';
import { pdfFile, type Deflate } from '#core/pdf/pdf-file.ts';
import type { PdfPen } from '#core/pdf/pdf-lettering.ts';
import { PdfSheet, toneInks } from '#core/pdf/pdf-sheet.ts';
import { say } from '../words/language.ts';
import { timeText } from '../words/times.ts';
import { reportPaper, type PaperAsk } from './report-paper.ts';

const blue = [0.13, 0.36, 0.72] as const;

/** What only the device can do. */
interface PaperMeans {
  readonly language: string;
  readonly deflate: Deflate;
  readonly pen: PdfPen | null;
}

export async function paperPdf(
  ask: PaperAsk,
  { language, deflate, pen }: PaperMeans,
): Promise<Uint8Array<ArrayBuffer>> {
  const paper = reportPaper(ask);
  const sheet = new PdfSheet(pen);
  sheet.title(paper.title);
  sheet.facts(paper.head, 3);
  if (paper.note) sheet.words(paper.note);
  sheet.heading(say`What it came to`);
  sheet.facts(paper.figures, 3);
  curves(sheet, ask, paper.text);
  for (const table of paper.trips ? [...paper.tables, paper.trips] : paper.tables) {
    if (table.rows.length === 0) continue;
    sheet.heading(table.title);
    sheet.table(table.columns, table.rows);
    if (table.note) sheet.words(table.note);
  }
  sheet.foot(paper.foot);
  return pdfFile(sheet.pages, { title: paper.title, madeMs: ask.madeMs, language }, deflate);
}

function curves(
  sheet: PdfSheet,
  { report, times }: PaperAsk,
  text: (value: number | null) => string,
): void {
  const { curve }: TripReport = report;
  if (curve.timesMs.length < 2) return;
  const day = (ms: number) => timeText(ms, times, { dateOnly: true });
  const ends = [day(curve.timesMs[0]!), day(curve.timesMs[curve.timesMs.length - 1]!)] as const;
  const { timesMs, sums, falls, deepestFall } = curve;
  const high = sums.reduce((a, b) => Math.max(a, b), 0);
  const low = sums.reduce((a, b) => Math.min(a, b), 0);
  sheet.heading(say`Result over time`, 150);
  const shown = { timesMs, ends };
  sheet.curve({
    ...shown,
    ...{ values: sums, ink: blue, heightPt: 120, top: text(high), bottom: text(low) },
  });
  sheet.heading(say`Below the peak`, 90);
  sheet.curve({
    ...shown,
    ...{
      values: falls,
      ink: toneInks.down,
      heightPt: 60,
      top: text(0),
      bottom: text(0 - deepestFall),
    },
  });
}
