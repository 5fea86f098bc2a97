/**
 * The letters that a PDF can show in the font every reader has, and how wide each is.
 *
 * Codes are those of Windows-1252; the minus sign and a few more take the place of control codes.
 * Widths in thousandths of the size. Source: Adobe's font metrics of Helvetica and Helvetica-Bold.
 */

export type PdfFont = 'plain' | 'bold';

/** From the space on, up to the tilde. */
const plainWidths =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 ' +
  '556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 ' +
  '667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 ' +
  '556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584';
const boldWidths =
  '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 ' +
  '556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 ' +
  '667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 ' +
  '611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584';
const widths: Readonly<Record<PdfFont, readonly number[]>> = {
  plain: plainWidths.split(' ').map(Number),
  bold: boldWidths.split(' ').map(Number),
};

interface Sign {
  readonly code: number;
  readonly width: number;
  /** Its name in the font, where it stands at a code that is not its own. */
  readonly glyph?: string;
}
const signs: ReadonlyMap<string, Sign> = new Map<string, Sign>([
  ['\u2212', { code: 1, width: 584, glyph: 'minus' }],
  ['\u20ac', { code: 0x80, width: 556 }],
  ['\u2026', { code: 0x85, width: 1000 }],
  ['\u2018', { code: 0x91, width: 222 }],
  ['\u2019', { code: 0x92, width: 222 }],
  ['\u201c', { code: 0x93, width: 333 }],
  ['\u201d', { code: 0x94, width: 333 }],
  ['\u2022', { code: 0x95, width: 350 }],
  ['\u2013', { code: 0x96, width: 556 }],
  ['\u2014', { code: 0x97, width: 1000 }],
  ['\u00a0', { code: 0xa0, width: 278 }],
  ['\u202f', { code: 0xa0, width: 278 }],
  ['\u00b1', { code: 0xb1, width: 584 }],
  ['\u00b7', { code: 0xb7, width: 278 }],
  ['\u00d7', { code: 0xd7, width: 584 }],
  ['\u00f7', { code: 0xf7, width: 584 }],
  ['\u00b0', { code: 0xb0, width: 400 }],
]);

/** `/Differences` of the encoding that the codes here mean. */
export const differences: string = [...signs.values()]
  .flatMap(({ code, glyph }) => (glyph ? [`${code} /${glyph}`] : []))
  .join(' ');

const unknown = '?';
/** What no rule takes apart. */
const nearest: ReadonlyMap<string, string> = new Map([
  ...([
    ['Ł', 'L'],
    ['ł', 'l'],
    ['Đ', 'D'],
    ['đ', 'd'],
    ['ı', 'i'],
    ['≥', '>='],
    ['≤', '<='],
  ] as const),
]);

const isOwn = (letter: string): boolean => {
  const code = letter.codePointAt(0)!;
  return signs.has(letter) || (code >= 0x20 && code <= 0x7e) || (code >= 0xa1 && code <= 0xff);
};

/** Whether the font shows all of it as it is. */
export function hasLetters(text: string): boolean {
  return Array.from(text.normalize('NFC')).every((each) => isOwn(each) || /^\s$/u.test(each));
}

/** Letters without an accent where the font lacks them with it; what it lacks whole is `?`. */
function letterOf(letter: string): string {
  if (isOwn(letter)) return letter;
  const near = nearest.get(letter);
  if (near !== undefined) return near;
  const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '');
  const isPlain = /^[\x20-\x7e]+$/.test(bare);
  if (isPlain) return bare;
  return /^\s$/u.test(letter) ? ' ' : unknown;
}

/** The text as a file can show it. */
export function shownText(text: string): string {
  return Array.from(text.normalize('NFC'), letterOf).join('');
}

/** One code a letter of a text that `shownText` made. */
export function codesOf(text: string): readonly number[] {
  return Array.from(text, (letter) => signs.get(letter)?.code ?? letter.charCodeAt(0));
}

/** In units of the page, of a text that `shownText` made. */
export function widthOf(text: string, sizePt: number, font: PdfFont): number {
  let sum = 0;
  for (const letter of text) sum += signs.get(letter)?.width ?? letterWidth(letter, font);
  return (sum * sizePt) / 1000;
}

/** A letter with an accent is as wide as without. */
function letterWidth(letter: string, font: PdfFont): number {
  const bare = letter.normalize('NFD').charCodeAt(0) - 0x20;
  return widths[font][bare] ?? 600;
}

/** As much of it as has room, with three points where something is missing. */
export function fittedText(text: string, roomPt: number, sizePt: number, font: PdfFont): string {
  const shown = shownText(text);
  if (widthOf(shown, sizePt, font) <= roomPt) return shown;
  let kept = shown;
  while (kept.length > 1 && widthOf(`${kept}…`, sizePt, font) > roomPt) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
