/**
 * The rows of the first sheet of a workbook (.xlsx) as text, dates as `2024.05.06 10:00:00`.
 *
 * Of the archive only the parts that are needed are unpacked, each up to a limit, whatever it says
 * of its size: fflate never writes beyond the room that was made. Formulas count by their results.
 */
import { unzipSync } from 'fflate';
import { plainText } from './entities.ts';
import type { TableRow } from './html-rows.ts';

const MOST_PART_BYTES = 256 * 2 ** 20;
const MOST_COLUMNS = 256;
const sheetPart = /^xl\/worksheets\/sheet1?\.xml$/;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** Empty where it is no workbook, or a damaged one. */
export function workbookRows(bytes: Uint8Array): TableRow[] {
  const parts = unpacked(bytes);
  const sheet = parts.get('sheet');
  if (sheet === undefined) return [];
  const words = sharedStrings(parts.get('xl/sharedStrings.xml') ?? '');
  return [...sheetRows(sheet, words, dateStyles(parts.get('xl/styles.xml') ?? ''))];
}

function unpacked(bytes: Uint8Array): ReadonlyMap<string, string> {
  const wanted = (name: string): boolean =>
    sheetPart.test(name) || name === 'xl/sharedStrings.xml' || name === 'xl/styles.xml';
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => wanted(name) && originalSize <= MOST_PART_BYTES,
    });
    const decoder = new TextDecoder();
    return new Map(
      Object.entries(files).map(([name, part]) => [
        sheetPart.test(name) ? 'sheet' : name,
        decoder.decode(part),
      ]),
    );
  } catch {
    // fflate says by throwing that an archive is damaged.
    return new Map();
  }
}

interface XmlTag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly said: string;
  /** Text up to the next tag. */
  readonly text: string;
}

function* tags(xml: string): Generator<XmlTag> {
  const each = /<(\/?)(?:[\w-]{1,20}:)?([A-Za-z]+)([^<>]*)>([^<]*)/g;
  for (let found = each.exec(xml); found; found = each.exec(xml)) {
    const [, slash, name = '', said = '', text = ''] = found;
    yield { name, isEnd: slash === '/', said, text };
    // `<v/>` is both.
    if (said.endsWith('/')) yield { name, isEnd: true, said: '', text: '' };
  }
}

/** Of the attributes that a tag says, the one of this name. */
function attribute(name: string): (said: string) => string {
  const pattern = new RegExp(`\\b${name}="([^"]*)"`);
  return (said) => (said === '' ? '' : (pattern.exec(said)?.[1] ?? ''));
}
const referenceOf = attribute('r');
const styleOf = attribute('s');
const typeOf = attribute('t');
const formatOf = attribute('numFmtId');
const codeOf = attribute('formatCode');

function sharedStrings(xml: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const { name, isEnd, text } of tags(xml)) {
    if (name === 'si' && isEnd) {
      words.push(plainText(word));
      word = '';
    } else if (name === 't' && !isEnd) word += text;
  }
  return words;
}

/** Of each style of cells whether it shows a date. */
function dateStyles(xml: string): boolean[] {
  const custom = new Map<string, boolean>();
  const styles: boolean[] = [];
  let isInCells = false;
  for (const { name, isEnd, said } of tags(xml)) {
    if (name === 'numFmt' && !isEnd) {
      const code = codeOf(said)
        .slice(0, 200)
        .replace(/&quot;.*?&quot;|\[[^\]]*\]/g, '');
      custom.set(formatOf(said), /[ymdhs]/i.test(code));
    } else if (name === 'cellXfs') isInCells = !isEnd;
    else if (name === 'xf' && !isEnd && isInCells) {
      const id = formatOf(said);
      styles.push(custom.get(id) ?? /^(1[4-9]|2[0-2]|4[5-7])$/.test(id));
    }
  }
  return styles;
}

function* sheetRows(
  xml: string,
  words: readonly string[],
  dates: readonly boolean[],
): Generator<TableRow> {
  let cells: string[] = [];
  let line = 0;
  let cell: { at: number; type: string; isDate: boolean; text: string } | null = null;
  for (const { name, isEnd, said, text } of tags(xml)) {
    if (name === 'row' && !isEnd) {
      line = Number(referenceOf(said)) || line + 1;
      cells = [];
    } else if (name === 'row') {
      if (cells.length > 0) yield { line, cells, title: '', isCut: false };
      cells = [];
    } else if (name === 'c' && !isEnd) {
      const style = Number(styleOf(said));
      const at = columnOf(referenceOf(said)) ?? cells.length;
      cell = { at, type: typeOf(said), isDate: dates[style] ?? false, text: '' };
    } else if (name === 'c' && cell) {
      if (cell.at < MOST_COLUMNS) {
        while (cells.length < cell.at) cells.push('');
        cells[cell.at] = shown(cell, words);
      }
      cell = null;
    } else if ((name === 'v' || name === 't') && !isEnd && cell) cell.text += text;
  }
}

/** `AB12` → 27. */
function columnOf(reference: string): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference)?.[1];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function shown(
  {
    type,
    isDate,
    text,
  }: { readonly type: string; readonly isDate: boolean; readonly text: string },
  words: readonly string[],
): string {
  if (type === 's') return words[Number(text)] ?? '';
  if (type !== '' && type !== 'n') return plainText(text);
  const value = Number(text);
  if (text === '' || Number.isNaN(value)) return '';
  if (isDate && value > 20_000 && value < 80_000) return dateText(value);
  // The nearest double of 0.1 + 0.2 is written out in full.
  return Math.abs(value) < 1e21 ? String(Number(value.toPrecision(15))) : '';
}

/** Days since the end of 1899. Source: ECMA-376 part 1, 18.17.4.1. */
function dateText(days: number): string {
  const ms = Math.round((days - 25_569) * 86_400) * 1000;
  return new Date(ms).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ');
}
