/** The kinds of statements by the words of those who export them. */

const words: Readonly<Record<string, string>> = {
  'mt5-html': 'MetaTrader 5 report, HTML',
  'mt5-xlsx': 'MetaTrader 5 report, Excel',
  'mt5-csv': 'MetaTrader 5, CSV',
  'mt4-html': 'MetaTrader 4 statement, HTML',
  ctrader: 'cTrader statement',
  generic: 'CSV',
};

export const formatWords = (format: string): string => words[format] ?? format;
