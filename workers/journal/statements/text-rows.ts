/** The rows of a text of separated values. */
import { splitCells } from '../../import/sniff.ts';
import type { TableRow } from './html-rows.ts';

const MOST_LINE_CHARACTERS = 16_384;

/** Lines that are longer than a row can be are left out. */
export function* textRows(text: string): Generator<TableRow> {
  const separator = separatorOf(text.slice(0, 65_536));
  let line = 0;
  for (let from = 0; from < text.length;) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    line++;
    const own = text.slice(from, Math.min(end, from + MOST_LINE_CHARACTERS + 1));
    from = end + 1;
    if (own.trim() === '' || own.length > MOST_LINE_CHARACTERS) continue;
    const isCut = found < 0;
    yield { line, cells: splitCells(own.replace(/\r$/, ''), separator), title: '', isCut };
  }
}

/** The one that stands most often. */
function separatorOf(head: string): string {
  const count = (separator: string): number => head.split(separator).length;
  // Commas may be decimals, and thousands.
  if (count('\t') > count('\n') * 3) return '\t';
  return count(';') > count('\n') * 3 ? ';' : ',';
}
