/** A report of MetaTrader 5's as a workbook, and workbooks made to do harm. */
import { strToU8, zipSync } from 'fflate';
import { htmlRows } from '../../workers/journal/statements/html-rows.ts';
import type { MadeAccount } from './made-account.ts';
import { escaped, mt5Html } from './mt5-html.ts';

export type CellManner = 'shared' | 'inline' | 'spreadsheet';

const letter = (column: number): string => String.fromCharCode(65 + column);
const styles =
  '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\.mm\\.dd\\ hh:mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>';

export function mt5Workbook(account: MadeAccount, manner: CellManner): Uint8Array {
  return workbookOf(
    [...htmlRows(mt5Html(account))].map(({ cells }) => cells),
    manner,
  );
}

/** Rows in cells; `spreadsheet`: figures and dates as numbers. */
export function workbookOf(lines: readonly (readonly string[])[], manner: CellManner): Uint8Array {
  const words: string[] = [];
  const cell = (text: string, at: number, line: number): string => {
    if (text === '') return '';
    const place = `r="${letter(at)}${line}"`;
    const figure = text.replaceAll(' ', '');
    const isTime = /^\d{4}\.\d\d\.\d\d \d\d:\d\d:\d\d$/.test(text);
    if (manner === 'spreadsheet' && isTime) {
      const iso = `${text.slice(0, 10).replaceAll('.', '-')}T${text.slice(11)}Z`;
      return `<c ${place} s="1"><v>${Date.parse(iso) / 86_400_000 + 25_569}</v></c>`;
    }
    if (manner === 'spreadsheet' && /^-?\d+(\.\d+)?$/.test(figure)) {
      return `<c ${place}><f>1+1</f><v>${Number(figure)}</v></c>`;
    }
    if (manner === 'inline')
      return `<c ${place} t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
    words.push(text);
    return `<c ${place} t="s"><v>${words.length - 1}</v></c>`;
  };
  const rows = lines.map((cells, at) => {
    const own = cells.map((text, column) => cell(text, column, at + 1)).join('');
    return `<row r="${at + 1}">${own}</row>`;
  });
  const shared = words.map(
    (word) => `<si><r><t xml:space="preserve">${escaped(word)}</t></r></si>`,
  );
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/styles.xml': strToU8(styles),
    'xl/sharedStrings.xml': strToU8(`<sst>${shared.join('')}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
    ),
  });
}
