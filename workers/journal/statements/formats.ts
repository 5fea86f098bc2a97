/** Every format of statements that is read, the most particular first. */
import { ctraderDraft } from './ctrader-statement.ts';
import type { Draft } from './draft.ts';
import { htmlRows, type TableRow } from './html-rows.ts';
import { mt4Draft } from './mt4-report.ts';
import { mt5Draft } from './mt5-report.ts';
import { listColumns, type ListColumns, type SaidColumns } from './list-columns.ts';
import { skipList, type SkipList } from './skipped.ts';
import { textRows } from './text-rows.ts';
import { tradeListDraft } from './trade-list.ts';
import { isZip, workbookRows } from './workbook.ts';

/** A file as the formats look at it. */
export interface StatementFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly text: string;
}

export interface StatementFormat {
  readonly id: string;
  /** Null where the file is of another format. */
  read(file: StatementFile): Draft | null;
}

/** Without a row that the end of the file cuts; a file that stops before its end is told as such. */
function* wholeRows(text: string, skipped: SkipList): Generator<TableRow> {
  let line = 1;
  for (const row of htmlRows(text)) {
    ({ line } = row);
    if (!row.isCut) yield row;
  }
  if (!isEnded(text)) {
    skipped.add(line, 'The file stops before its end: deals may be missing.', '');
  }
}

const isHtml = (text: string): boolean => /<(html|table|tr|td)\b/i.test(text.slice(0, 65_536));

const isEnded = (text: string): boolean => /<\/(table|html)>\s*$/i.test(text.slice(-256));

type RowReader = (rows: Iterable<TableRow>, skipped: SkipList) => Draft | null;

function ofHtml(text: string, read: RowReader): Draft | null {
  if (!isHtml(text)) return null;
  const skipped = skipList();
  const draft = read(wholeRows(text, skipped), skipped);
  if (draft && !isEnded(text)) draft.isCut = true;
  return draft;
}

function ofText(text: string, read: RowReader): Draft | null {
  return text === '' || isHtml(text) ? null : read(textRows(text), skipList());
}

function ofWorkbook(bytes: Uint8Array, read: RowReader): Draft | null {
  return isZip(bytes) ? read(workbookRows(bytes), skipList()) : null;
}

const ofAny = ({ bytes, text }: StatementFile, read: RowReader): Draft | null =>
  ofText(text, read) ?? ofHtml(text, read) ?? ofWorkbook(bytes, read);

/** A list of trades of whatever program. */
export const listFormat = 'generic';

/** A list whose columns the trader told of. */
export const saidList = (file: StatementFile, said: SaidColumns): Draft | null =>
  ofAny(file, (rows, skipped) => tradeListDraft(rows, skipped, said));

/** The columns of a list, known or not; null where the file holds none. */
export function columnsIn({ bytes, text }: StatementFile): ListColumns | null {
  if (isZip(bytes)) return listColumns(workbookRows(bytes));
  if (text === '') return null;
  return listColumns(isHtml(text) ? htmlRows(text) : textRows(text));
}

export const formats: readonly StatementFormat[] = [
  { id: 'mt5-html', read: ({ text }) => ofHtml(text, mt5Draft) },
  { id: 'mt4-html', read: ({ text }) => ofHtml(text, mt4Draft) },
  { id: 'mt5-xlsx', read: ({ bytes }) => ofWorkbook(bytes, mt5Draft) },
  { id: 'mt5-csv', read: ({ text }) => ofText(text, mt5Draft) },
  { id: 'ctrader', read: (file) => ofAny(file, ctraderDraft) },
  { id: listFormat, read: (file) => ofAny(file, tradeListDraft) },
];
