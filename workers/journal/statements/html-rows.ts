/**
 * The rows of every table of an HTML text, as plain text, in one pass and without a document.
 *
 * Whatever is not closed is closed by what follows; scripts, styles and comments are passed over;
 * nothing of it is run or becomes a part of a page.
 */
import { plainText } from './entities.ts';

export interface TableRow {
  /** One-based, of the file. */
  readonly line: number;
  /** What is hidden is left out; a cell over several columns is followed by empty ones. */
  readonly cells: readonly string[];
  /** The first title of a cell: MetaTrader 4 writes comments there. */
  readonly title: string;
  /** The text ends within it: its last cell may be half a number. */
  readonly isCut: boolean;
}

const MOST_CELLS = 256;
const MOST_CELL_CHARACTERS = 4096;
const MOST_ATTRIBUTE_CHARACTERS = 1024;
const MOST_SPAN = 32;
/** Their content is text, not markup. */
const silent = new Set(['script', 'style', 'textarea', 'title', 'noscript', 'iframe', 'xmp']);

export function* htmlRows(text: string): Generator<TableRow> {
  const row = new RowInMaking();
  const kinds = new CellKinds();
  let at = 0;
  let line = 1;
  let newline = nextLine(text, 0);
  while (at < text.length) {
    const open = text.indexOf('<', at);
    row.say(text, at, open < 0 ? text.length : open);
    if (open < 0) break;
    const tag = readTag(text, open);
    if (tag === null) {
      row.say(text, open, open + 1);
      at = open + 1;
      continue;
    }
    at = tag.end;
    if (isBoundary(tag.name)) {
      const made = row.take(line, false);
      if (made) yield made;
      for (; newline < open; newline = nextLine(text, newline + 1)) line++;
    } else if (tag.name === 'td' || tag.name === 'th') {
      row.cell(tag.isEnd ? null : kinds.of(text, tag));
      if (tag.isEnd) continue;
      // Most cells are a text and no more: their end is not looked at as a tag.
      const end = text.indexOf('<', at);
      if (end < 0 || !isEndOfCell(text, end)) continue;
      row.say(text, at, end);
      row.cell(null);
      at = end + endOfCell;
    }
    // Blanks between words that stand on lines of their own.
    else if (tag.name === 'br' || tag.name === 'p' || tag.name === 'div') row.gap();
    else if (!tag.isEnd && silent.has(tag.name)) at = endOfSilent(text, at, tag.name);
  }
  const last = row.take(line, true);
  if (last) yield last;
}

function nextLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? Infinity : at;
}

const isBoundary = (name: string): boolean => name === 'tr' || name === 'table';

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly from: number;
  readonly end: number;
}

/** Null where `<` begins no tag; a comment is a tag without a name. */
function readTag(text: string, open: number): Tag | null {
  const first = text.charCodeAt(open + 1);
  const cell = cellTag(text, open, first === 47);
  if (cell) return cell;
  // `!`, `?`: comments and declarations.
  if (first === 33 || first === 63) {
    const isComment = text.startsWith('!--', open + 1);
    const close = text.indexOf(isComment ? '-->' : '>', open + 2);
    const end = close < 0 ? text.length : close + (isComment ? 3 : 1);
    return { name: '', isEnd: false, from: end, end };
  }
  const isEnd = first === 47;
  let to = open + (isEnd ? 2 : 1);
  const from = to;
  while (to < text.length && to - from < 12 && isLetterOrDigit(text.charCodeAt(to))) to++;
  if (to === from || !isLetter(text.charCodeAt(from))) return null;
  const name = text.slice(from, to).toLowerCase();
  return { name, isEnd, from: to, end: endOfTag(text, to) };
}

/** Those that stand most often, without a copy of their names; null for all others. */
function cellTag(text: string, open: number, isEnd: boolean): Tag | null {
  const from = open + (isEnd ? 2 : 1);
  // `t` and `T`.
  if ((text.charCodeAt(from) | 32) !== 116) return null;
  const second = text.charCodeAt(from + 1) | 32;
  const name = second === 100 ? 'td' : second === 114 ? 'tr' : null;
  if (name === null || isLetterOrDigit(text.charCodeAt(from + 2))) return null;
  return { name, isEnd, from: from + 2, end: endOfTag(text, from + 2) };
}

/** `</td>`. */
const endOfCell = 5;
function isEndOfCell(text: string, open: number): boolean {
  return (
    text.charCodeAt(open + 1) === 47 &&
    (text.charCodeAt(open + 2) | 32) === 116 &&
    (text.charCodeAt(open + 3) | 32) === 100 &&
    text.charCodeAt(open + 4) === 62
  );
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isLetterOrDigit(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57);
}

/** After the `>` that stands in no quotes. */
function endOfTag(text: string, from: number): number {
  let quote = 0;
  for (let p = from; p < text.length; p++) {
    const code = text.charCodeAt(p);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 62) return p + 1;
    else if ((code === 34 || code === 39) && text.charCodeAt(p - 1) === 61) quote = code;
  }
  return text.length;
}

function endOfSilent(text: string, from: number, name: string): number {
  const close = new RegExp(`</${name}`, 'gi');
  close.lastIndex = from;
  const found = close.exec(text);
  return found ? found.index : text.length;
}

interface CellKind {
  readonly isHidden: boolean;
  readonly span: number;
  readonly title: string;
}

const plain: CellKind = { isHidden: false, span: 1, title: '' };

/** The same attributes stand at thousands of cells: those that are short are looked into once. */
class CellKinds {
  private readonly known = new Map<string, CellKind>();

  of(text: string, { from, end }: Tag): CellKind {
    if (end - from < 4) return plain;
    const said = text.slice(from, Math.min(end, from + MOST_ATTRIBUTE_CHARACTERS));
    const before = this.known.get(said);
    if (before) return before;
    const kind = attributes(said);
    if (said.length <= 64 && this.known.size < 256) this.known.set(said, kind);
    return kind;
  }
}

function attributes(said: string): CellKind {
  const span = /colspan\s*=\s*["']?(\d{1,4})/i.exec(said);
  const title = /title\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(said);
  return {
    isHidden: /class\s*=\s*["']?[^"'>]*\bhidden\b|display\s*:\s*none/i.test(said),
    span: span ? Math.min(MOST_SPAN, Math.max(1, Number(span[1]))) : 1,
    title: title ? plainText(title[1] ?? title[2] ?? '') : '',
  };
}

/** The row that is being read, and its cell that is open. */
class RowInMaking {
  private cells: string[] = [];
  private title = '';
  private text = '';
  private kind: CellKind | null = null;

  say(text: string, from: number, to: number): void {
    if (this.kind === null || from >= to) return;
    const room = MOST_CELL_CHARACTERS - this.text.length;
    if (room > 0) this.text += text.slice(from, Math.min(to, from + room));
  }

  gap(): void {
    if (this.text !== '') this.text += ' ';
  }

  /** Ends the cell that is open; begins the next, but for null. */
  cell(kind: CellKind | null): void {
    if (this.kind && !this.kind.isHidden && this.cells.length < MOST_CELLS) {
      this.cells.push(plainText(this.text));
      for (let more = 1; more < this.kind.span; more++) this.cells.push('');
    }
    this.text = '';
    this.kind = kind;
    if (kind && this.title === '') this.title = kind.title;
  }

  take(line: number, isCut: boolean): TableRow | null {
    this.cell(null);
    const { cells, title } = this;
    this.cells = [];
    this.title = '';
    return cells.length === 0 ? null : { line, cells, title, isCut };
  }
}
