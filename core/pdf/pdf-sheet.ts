/** Headings, figures, tables and curves one below the other over as many pages as they need. */
import { PdfPage, pageHeightPt, pageWidthPt, type PdfInk, type PdfPoint } from './pdf-file.ts';
import { fittedText, shownText, widthOf, type PdfFont } from './pdf-letters.ts';

const marginPt = 42;
const footPt = 30;
const widthPt = pageWidthPt - 2 * marginPt;

const black: PdfInk = [0.1, 0.12, 0.15];
const quiet: PdfInk = [0.38, 0.42, 0.47];
const hair: PdfInk = [0.82, 0.84, 0.86];
export const toneInks = { up: [0.05, 0.45, 0.3], down: [0.72, 0.16, 0.16] } as const;

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

  constructor() {
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
    for (const line of linesOf(text, widthPt, 9)) {
      this.room(13);
      this.write(line, { x: marginPt, y: this.y + 9, sizePt: 9, font: 'plain', ink: quiet });
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
        const plain = { x, sizePt: 8, font: 'plain', ink: quiet } as const;
        this.write(fittedText(name, each - 8, 8, 'plain'), { ...plain, y: this.y + 8 });
        const text = fittedText(cell.text, each - 8, 10.5, 'bold');
        const ink = cell.tone ? toneInks[cell.tone] : black;
        this.write(text, { x, y: this.y + 20, sizePt: 10.5, font: 'bold', ink });
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
    const small = { sizePt: 8, font: 'plain', ink: quiet } as const;
    this.write(top, { ...small, x: marginPt + 2, y: upper + 9 });
    this.write(bottom, { ...small, x: marginPt + 2, y: upper + heightPt - 3 });
    const foot = upper + heightPt + 11;
    this.write(ends[0], { ...small, x: marginPt, y: foot });
    const end = shownText(ends[1]);
    this.write(end, { ...small, x: marginPt + widthPt - widthOf(end, 8, 'plain'), y: foot });
    this.y = foot + 8;
  }
  /** At the foot of every page, once all of them are there. */
  foot(said: (page: number, pages: number) => string): void {
    for (const [at, page] of this.pages.entries()) {
      const y = pageHeightPt - marginPt + 8;
      const text = said(at + 1, this.pages.length);
      page.text(text, { at: [marginPt, y], sizePt: 8, font: 'plain', ink: quiet });
    }
  }

  private row(
    columns: readonly PdfColumn[],
    wide: readonly number[],
    cells: readonly PdfCell[],
    look: { readonly font: PdfFont; readonly ink: PdfInk },
  ): void {
    let x = marginPt;
    for (const [at, cell] of cells.entries()) {
      const room = wide[at]! - 6;
      const text = fittedText(cell.text, room, 8, look.font);
      const ink = cell.tone ? toneInks[cell.tone] : look.ink;
      const left = columns[at]?.isNumber ? x + room - widthOf(text, 8, look.font) : x;
      this.write(text, { x: left, y: this.y + 9, sizePt: 8, font: look.font, ink });
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
    { x, y, ...look }: { x: number; y: number; sizePt: number; font: PdfFont; ink: PdfInk },
  ): void {
    this.page.text(text, { ...look, at: [x, y] });
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

function linesOf(text: string, roomPt: number, sizePt: number): readonly string[] {
  const lines: string[] = [];
  for (const word of shownText(text).split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer, sizePt, 'plain') <= roomPt)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
