/** How a file is laid out, told from its first lines. */
import type { Failure } from '#core/errors.ts';
import { DAY_MS } from '#core/market/timeframe.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { ColumnRole } from './api.ts';
import { formats } from './formats/registry.ts';
import type { DateOrder, Layout, Recognition, Sample } from './layout.ts';
import { readTimeText, templateOf } from './time-text.ts';

/** What the person importing has decided, against what the file suggests. */
export interface LayoutChoice {
  readonly format?: string | undefined;
  readonly roles?: readonly ColumnRole[] | undefined;
  readonly dateOrder?: DateOrder | undefined;
}

export interface Sniffed {
  readonly layout: Layout;
  /** The first rows as text. */
  readonly rows: readonly (readonly string[])[];
}

export const LONGEST_LINE = 65_536;
const MOST_LINES = 1000;
const MOST_PREAMBLE = 20;
const separators = ['\t', ';', '|', ','] as const;

/**
 * The layout of a text that begins with `head`.
 *
 * Errors: `import.empty`, `import.not-text`, `import.format-unknown` (no table in it),
 * `import.mapping-invalid` (the chosen format or roles are not of this file).
 */
export function sniff(
  head: Uint8Array,
  fileName: string,
  choice: LayoutChoice,
): Result<Sniffed, Failure> {
  const fault = faultOfText(head);
  if (fault) return fail(fault);
  const lineEnd = head.includes(10) ? 10 : 13;
  const lines = linesOf(head, lineEnd);
  const table = findTable(lines);
  if (table === null) return fail(unknown('Its lines do not split into three columns or more.'));
  const { separator, headerLine, firstRow } = table;
  const cells = lines.slice(firstRow).map((line) => splitCells(line, separator));
  const rows = cells.filter((row) => row.some((cell) => cell !== ''));
  const headers = headerLine < 0 ? [] : splitCells(lines[headerLine]!, separator);
  if (rows.length === 0) {
    return fail({ code: 'import.empty', detail: 'The file has a header and no rows.' });
  }
  const sample: Sample = {
    fileName,
    separator,
    header: headerLine < 0 ? null : headers.map((name) => name.toLowerCase()),
    rows,
  };
  const recognised = recognise(sample, choice);
  if (!recognised.ok) return recognised;
  const { format, recognition } = recognised.value;
  const width = Math.max(headers.length, rows[0]!.length);
  const roles = choice.roles ?? pad(recognition.roles, width);
  const layout = describe(sample, { ...recognition, roles }, choice);
  return ok({
    layout: {
      ...layout,
      format,
      separator,
      lineEnd,
      headerLines: firstRow,
      headers: Array.from({ length: roles.length }, (_, i) => headers[i] ?? ''),
    },
    rows: rows.slice(0, 20),
  });
}

function faultOfText(head: Uint8Array): Failure | null {
  let control = 0;
  let blank = 0;
  let lineStart = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i]!;
    if (byte === 10 || byte === 13) lineStart = i + 1;
    else if (i - lineStart >= LONGEST_LINE) return notText('A line is longer than 64 KB.');
    if (byte <= 32 && (byte === 32 || (byte >= 9 && byte <= 13))) blank++;
    else if (byte < 32) control++;
  }
  if (blank === head.length) return { code: 'import.empty', detail: 'The file is empty.' };
  return control > head.length / 50 ? notText('It holds control characters.') : null;
}

export function notText(why: string): Failure {
  return { code: 'import.not-text', detail: `This is no text file. ${why}` };
}

function unknown(why: string): Failure {
  return { code: 'import.format-unknown', detail: `No table of bars or ticks was found. ${why}` };
}

function linesOf(head: Uint8Array, lineEnd: 10 | 13): string[] {
  const text = decodeHead(head);
  const most = MOST_LINES + MOST_PREAMBLE;
  const lines = text.split(lineEnd === 10 ? '\n' : '\r', most);
  // A head as long as this was cut somewhere in its last line.
  if (head.length >= LONGEST_LINE && lines.length < most && lines.length > 1) lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** UTF-8, else the code page that spreadsheets of Western Europe write. */
function decodeHead(head: Uint8Array): string {
  try {
    // A head may be cut within a character: `stream` leaves that one out.
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(head);
  }
}

interface Table {
  readonly separator: string;
  /** -1 when there is none. */
  readonly headerLine: number;
  readonly firstRow: number;
}

/** The separator that splits most lines into the same number of columns, and where rows begin. */
function findTable(lines: readonly string[]): Table | null {
  const filled = lines.slice(0, 60).filter((line) => line.trim() !== '');
  for (const least of [5, 3]) {
    for (const separator of separators) {
      const widths = filled.map((line) => splitCells(line, separator).length);
      const width = commonest(widths);
      const alike = widths.filter((other) => other === width).length;
      if (width < least || alike < Math.min(filled.length, 2) || alike < filled.length * 0.6) {
        continue;
      }
      return locate(lines, separator, width);
    }
  }
  return null;
}

function locate(lines: readonly string[], separator: string, width: number): Table {
  let first = 0;
  while (first < MOST_PREAMBLE && first < lines.length) {
    const cells = splitCells(lines[first]!, separator);
    if (lines[first]!.trim() !== '' && cells.length >= Math.min(width, 3)) break;
    first++;
  }
  const cells = splitCells(lines[first] ?? '', separator);
  const isRow = cells.some((cell) => readTimeText(cell, 'mdy') ?? readDay(cell));
  return isRow && !cells.some((cell) => /^[<"]?[a-z ]{2,}[>"]?$/i.test(cell))
    ? { separator, headerLine: -1, firstRow: first }
    : { separator, headerLine: first, firstRow: first + 1 };
}

function readDay(cell: string) {
  return readTimeText(cell, 'dmy');
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** Cells without the blanks and quotes around them. */
export function splitCells(line: string, separator: string): string[] {
  const cells: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    if (i < line.length && (quoted || line[i] !== separator)) continue;
    const cell = line.slice(start, i).trim();
    cells.push(/^".*"$/.test(cell) ? cell.slice(1, -1).trim() : cell);
    start = i + 1;
  }
  return cells;
}

function recognise(
  sample: Sample,
  choice: LayoutChoice,
): Result<{ format: string; recognition: Recognition }, Failure> {
  const width = Math.max(sample.header?.length ?? 0, sample.rows[0]!.length);
  if (choice.roles && choice.roles.length !== width) {
    return fail({
      code: 'import.mapping-invalid',
      detail: `The file has ${width} columns, the mapping ${choice.roles.length}.`,
    });
  }
  for (const format of formats) {
    if (choice.format !== undefined && format.id !== choice.format) continue;
    const recognition = format.recognise(sample);
    if (recognition) return ok({ format: format.id, recognition });
  }
  return fail({
    code: 'import.mapping-invalid',
    detail: `The file is not of the format "${choice.format ?? ''}".`,
  });
}

function pad(roles: readonly ColumnRole[], width: number): ColumnRole[] {
  return Array.from({ length: width }, (_, i) => roles[i] ?? 'ignore');
}

type Described = Omit<Layout, 'format' | 'separator' | 'lineEnd' | 'headerLines' | 'headers'>;

function describe(sample: Sample, recognition: Recognition, choice: LayoutChoice): Described {
  const { roles } = recognition;
  const timeColumn = roles.findIndex((role) => role === 'time' || role === 'date');
  const clockColumn = roles.indexOf('timeOfDay');
  const times = sample.rows.map((row) => row[timeColumn] ?? '');
  const dateOrder = choice.dateOrder ?? dateOrderOf(times);
  const readings = times.map((text) => readTimeText(text, dateOrder)).filter((it) => it !== null);
  const clocks = sample.rows
    .map((row) => readTimeText(row[clockColumn] ?? '', dateOrder))
    .filter((it) => it !== null);
  const statesOffset = (readings[0]?.offsetMs ?? clocks[0]?.offsetMs ?? null) !== null;
  const hasClock = clocks.length > 0 || readings.some((reading) => reading.hasTime);
  const midnights = [...readings, ...clocks].every((reading) => reading.ms % DAY_MS === 0);
  const datesAlone =
    readings.length > 0 && !statesOffset && (!hasClock || (midnights && readings.length > 1));
  const template = (column: number) =>
    column < 0 ? null : templateOf(sample.rows[0]![column] ?? '', dateOrder);
  return {
    decimal: decimalOf(sample, roles),
    roles,
    dateOrder,
    statesOffset,
    datesAlone,
    statedZone: statesOffset || datesAlone ? 'UTC' : recognition.statedZone,
    suggestedZone: statesOffset || datesAlone ? 'UTC' : recognition.suggestedZone,
    timeTemplate: template(timeColumn),
    timeOfDayTemplate: template(clockColumn),
  };
}

/** Which of 03/04/2024 is the month: a number above 12 tells, else the custom of the separator. */
function dateOrderOf(times: readonly string[]): DateOrder {
  let custom: DateOrder = 'ymd';
  for (const time of times) {
    const match = /^(\d{1,2})([-./])(\d{1,2})\2\d{4}/.exec(time);
    if (!match) continue;
    if (Number(match[1]) > 12) return 'dmy';
    if (Number(match[3]) > 12) return 'mdy';
    custom = match[2] === '/' ? 'mdy' : 'dmy';
  }
  return custom;
}

function decimalOf(sample: Sample, roles: readonly ColumnRole[]): '.' | ',' {
  let commas = 0;
  let points = 0;
  for (const row of sample.rows.slice(0, 50)) {
    for (const [i, cell] of row.entries()) {
      if (!/open|high|low|close|bid|ask/i.test(roles[i] ?? '')) continue;
      const last = Math.max(cell.lastIndexOf(','), cell.lastIndexOf('.'));
      if (last < 0) continue;
      const thousands = /^[+-]?\d{1,3}(,\d{3})+$/.test(cell) && sample.separator === ',';
      if (cell[last] === '.' || thousands) points++;
      else commas++;
    }
  }
  return commas > points ? ',' : '.';
}
