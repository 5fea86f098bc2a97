/** The kinds of statements by the words of those who export them. */
import { say } from '../words/language.ts';

const words: Readonly<Record<string, string>> = {
  'mt5-html': say`MetaTrader 5 report, HTML`,
  'mt5-xlsx': say`MetaTrader 5 report, Excel`,
  'mt5-csv': say`MetaTrader 5, CSV`,
  'mt4-html': say`MetaTrader 4 statement, HTML`,
  ctrader: say`cTrader statement`,
  generic: 'CSV',
};

export const formatWords = (format: string): string => words[format] ?? format;
