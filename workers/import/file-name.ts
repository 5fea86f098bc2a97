/** What a file's name says of its symbol and timeframe. */
import { parseTimeframe } from '#core/market/timeframe.ts';

export interface NameGuess {
  readonly symbol: string;
  readonly timeframe: string | null;
}

/** Words that sources put in names and that are no symbol. */
const notSymbols =
  /^(dat|ascii|mt|mt4|mt5|ninja|xlsx|bid|ask|bidask|candlestick|candles|bars|ohlc|ohlcv|history|historical|data|prices|quotes|export|csv|txt|download|oanda|fx|fxcm|idc|forexcom|bats|nasdaq|nyse|amex|cboe|sp|tvc|binance|bybit|coinbase|bitstamp|kraken|capitalcom|pepperstone|eightcap|icmarkets|cme|mini|comex|nymex|cbot|eurex|xetr|tse|lse)$/i;
const symbolPattern = /^[\^]?[A-Za-z][A-Za-z0-9.=&^]*$|^[A-Z0-9]{3,12}$/;

/** A symbol in upper case, `SERIES` where the name holds none, and the timeframe if it names one. */
export function guessFromName(fileName: string): NameGuess {
  const base = (fileName.split(/[\\/]/).pop() ?? '').replace(
    /(\.(csv|txt|tsv|prn|dat|gz|gzip))+$/i,
    '',
  );
  const [front = '', chart] = base.split(/,\s*/);
  const words = front.split(/[\s_-]+/).filter((word) => word !== '');
  let timeframe = chart === undefined ? null : parseTimeframe(chart.split(/[\s_]/)[0] ?? '');
  let symbol: string | null = null;
  for (const [i, word] of words.entries()) {
    const spelled = /^\d+$/.test(word) ? parseSpelled(word, words[i + 1]) : parseTimeframe(word);
    // A first word like `D` or `M5` is a symbol sooner than a timeframe.
    if (spelled !== null && (symbol !== null || words.length > 1)) timeframe ??= spelled;
    else if (symbol === null && symbolPattern.test(word) && !notSymbols.test(word)) symbol = word;
  }
  return { symbol: (symbol ?? 'SERIES').toUpperCase().slice(0, 24), timeframe };
}

/** `1_Hour` and `15 min`: a number means a timeframe only before the word for its unit. */
function parseSpelled(count: string, unit: string | undefined): string | null {
  return unit !== undefined && /^[a-z]/i.test(unit) ? parseTimeframe(`${count}${unit}`) : null;
}
