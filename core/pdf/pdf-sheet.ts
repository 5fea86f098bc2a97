/** Headings, figures, tables and curves one below the other over as many pages as they need. */
import { PdfPage, pageHeightPt, pageWidthPt, type PdfInk, type PdfPoint } from './pdf-file.ts';
import { PdfLettering, type PdfLook, type PdfPen } from './pdf-lettering.ts';

const marginPt = 42;
const footPt = 30;
const widthPt = pageWidthPt - 2 * marginPt;

const black: PdfInk = [0.1, 0.12, 0.15];
const quiet: PdfInk = [0.38, 0.42, 0.47];
const hair: PdfInk = [0.82, 0.84, 0.86];
export const toneInks = { up: [0.05, 0.45, 0.3], down: [0.72, 0.16, 0.16] } as const;

const small: PdfLook = { sizePt: 8, font: 'plain' };
const wordsLook: PdfLook = { sizePt: 9, font: 'plain' };
const factLook: PdfLook = { sizePt: 10.5, font: 'bold' };

export type PdfTone = keyof typeof toneInks | undefined;

export interface PdfCell {
  readonly text: string;
  readonly tone?: PdfTone;
}
export interface PdfColumn {
  readonly label: string;
  /** Its part of the width, in whatever unit all of them have. */
  readonly share: number;
  readonly isNumber?: boolean;
}
export interface PdfCurve {
  readonly timesMs: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly ink: PdfInk;
  /** At the upper and lower end, and below its two sides. */
  readonly top: string;
  readonly bottom: string;
  readonly ends: readonly [string, string];
  readonly heightPt: number;
}

export class PdfSheet {
  readonly pages: PdfPage[] = [];
  private page!: PdfPage;
  /** Where the next thing begins. */
  private y = 0;

  private readonly letters: PdfLettering;

  /** `pen` draws the letters that the font of the document lacks. */
  constructor(pen: PdfPen | null = null) {
    this.letters = new PdfLettering(pen);
    this.turn();
  }

  title(text: string): void {
    this.room(34);
    this.write(text, { x: marginPt, y: this.y + 20, sizePt: 20, font: 'bold', ink: black });
    this.y += 32;
  }
  /** With at least something below it on the same page. */
  heading(text: string, belowPt = 60): void {
    this.room(30 + belowPt);
    this.y += 12;
    this.write(text, { x: marginPt, y: this.y + 11, sizePt: 12, font: 'bold', ink: black });
    this.y += 20;
  }
  /** Words over as many lines as they need. */
  words(text: string): void {
    for (const line of this.letters.lines(text, widthPt, wordsLook)) {
      this.room(13);
      this.write(line, { x: marginPt, y: this.y + 9, ...wordsLook, ink: quiet });
      this.y += 13;
    }
  }
  /** A name and what it says, in as many columns. */
  facts(facts: readonly (readonly [name: string, cell: PdfCell])[], columns: number): void {
    const each = widthPt / columns;
    for (let from = 0; from < facts.length; from += columns) {
      this.room(30);
      for (const [at, [name, cell]] of facts.slice(from, from + columns).entries()) {
        const x = marginPt + at * each;
        const said = this.letters.fitted(name, each - 8, small);
        this.write(said, { x, y: this.y + 8, ...small, ink: quiet });
        const text = this.letters.fitted(cell.text, each - 8, factLook);
        const ink = cell.tone ? toneInks[cell.tone] : black;
        this.write(text, { x, y: this.y + 20, ...factLook, ink });
      }
      this.y += 30;
    }
  }
  /** Its head stands above every page of it. */
  table(columns: readonly PdfColumn[], rows: readonly (readonly PdfCell[])[]): void {
    const shares = columns.reduce((sum, { share }) => sum + share, 0);
    const wide = columns.map(({ share }) => (share / shares) * widthPt);
    const head = columns.map(({ label }) => ({ text: label }));
    const headed = () => this.row(columns, wide, head, { font: 'bold', ink: quiet });
    this.room(32);
    headed();
    for (const row of rows) {
      if (this.y + 14 > pageHeightPt - marginPt - footPt) {
        this.turn();
        headed();
      }
      this.row(columns, wide, row, { font: 'plain', ink: black });
    }
    this.y += 6;
  }
  curve({ timesMs, values, ink, top, bottom, ends, heightPt }: PdfCurve): void {
    this.room(heightPt + 26);
    const [high, low] = [extreme(values, Math.max), extreme(values, Math.min)];
    const [first, last] = [timesMs[0] ?? 0, timesMs[timesMs.length - 1] ?? 0];
    const upper = this.y + 4;
    const across = (ms: number) => marginPt + ((ms - first) / (last - first || 1)) * widthPt;
    const down = (value: number) => upper + ((high - value) / (high - low || 1)) * heightPt;
    const level = (value: number, line: PdfInk) => {
      const y = down(value);
      const points: PdfPoint[] = [
        [marginPt, y],
        [marginPt + widthPt, y],
      ];
      this.page.line(points, { ink: line, widthPt: 0.5 });
    };
    level(high, hair);
    level(low, hair);
    level(0, quiet);
    const points = Array.from(values, (value, at): PdfPoint => [across(timesMs[at]!), down(value)]);
    this.page.line(points, { ink, widthPt: 1.1 });
    const look = { ...small, ink: quiet };
    this.write(top, { ...look, x: marginPt + 2, y: upper + 9 });
    this.write(bottom, { ...look, x: marginPt + 2, y: upper + heightPt - 3 });
    const foot = upper + heightPt + 11;
    this.write(ends[0], { ...look, x: marginPt, y: foot });
    const endX = marginPt + widthPt - this.letters.widthOf(ends[1], small);
    this.write(ends[1], { ...look, x: endX, y: foot });
    this.y = foot + 8;
  }
  /** At the foot of every page, once all of them are there. */
  foot(said: (page: number, pages: number) => string): void {
    const y = pageHeightPt - marginPt + 8;
    for (const [at, page] of this.pages.entries()) {
      const text = said(at + 1, this.pages.length);
      this.write(text, { x: marginPt, y, ...small, ink: quiet }, page);
    }
  }

  private row(
    columns: readonly PdfColumn[],
    wide: readonly number[],
    cells: readonly PdfCell[],
    { font, ...look }: { readonly font: PdfLook['font']; readonly ink: PdfInk },
  ): void {
    const lettering: PdfLook = { sizePt: small.sizePt, font };
    let x = marginPt;
    for (const [at, cell] of cells.entries()) {
      const room = wide[at]! - 6;
      const text = this.letters.fitted(cell.text, room, lettering);
      const ink = cell.tone ? toneInks[cell.tone] : look.ink;
      const left = columns[at]?.isNumber ? x + room - this.letters.widthOf(text, lettering) : x;
      this.write(text, { x: left, y: this.y + 9, ...lettering, ink });
      x += wide[at]!;
    }
    this.y += 14;
    const points: PdfPoint[] = [
      [marginPt, this.y - 1],
      [marginPt + widthPt, this.y - 1],
    ];
    this.page.line(points, { ink: hair, widthPt: 0.4 });
  }
  private write(
    text: string,
    {
      x,
      y,
      ink,
      ...look
    }: PdfLook & { readonly x: number; readonly y: number; readonly ink: PdfInk },
    page = this.page,
  ): void {
    const stencil = this.letters.stencil(text, look);
    if (stencil) page.stencil(stencil, { at: [x, y], ink });
    else page.text(text, { ...look, at: [x, y], ink });
  }
  private room(heightPt: number): void {
    if (this.y + heightPt > pageHeightPt - marginPt - footPt) this.turn();
  }
  private turn(): void {
    this.page = new PdfPage();
    this.pages.push(this.page);
    this.y = marginPt;
  }
}

/** Zero is always in sight. */
function extreme(values: ArrayLike<number>, of: (a: number, b: number) => number): number {
  let found = 0;
  for (let at = 0; at < values.length; at++) found = of(found, values[at]!);
  return found;
}
