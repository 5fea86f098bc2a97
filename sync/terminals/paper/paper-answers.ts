/** Answers of the paper broker, as MetaTrader's server words them. */
import type { PaperBook } from './paper-book.ts';
import type { TerminalResult } from './terminal-trade.ts';

const words: ReadonlyMap<number, string> = new Map([
  [10004, 'Requote'],
  [10006, 'Request rejected'],
  [10009, 'Request executed'],
  [10010, 'Request executed partially'],
  [10013, 'Invalid request'],
  [10014, 'Invalid volume'],
  [10015, 'Invalid price'],
  [10016, 'Invalid stops'],
  [10017, 'Trade disabled'],
  [10018, 'Market closed'],
  [10019, 'No money'],
  [10021, 'No quotes'],
  [10022, 'Invalid expiration'],
  [10025, 'No changes'],
  [10029, 'Order or position frozen'],
  [10030, 'Unsupported filling mode'],
  [10033, 'Too many pending orders'],
  [10034, 'Too much volume in one direction'],
  [10036, 'Position already closed'],
  [10038, 'Volume exceeds the position'],
  [10039, 'A closing order is there already'],
  [10040, 'Too many positions'],
  [10042, 'Long positions only'],
  [10043, 'Short positions only'],
  [10044, 'Closing only'],
  [10045, 'The oldest position has to be closed first'],
  [10046, 'Opposite positions are prohibited'],
]);

/** What is not said of is none. */
export function answer(
  book: PaperBook,
  retcode: number,
  symbol: string,
  facts: Partial<Pick<TerminalResult, 'order' | 'deal' | 'volumeLots' | 'price'>> = {},
): TerminalResult {
  const { bid = 0, ask = 0 } = book.quotes[symbol] ?? {};
  const none = { order: '0', deal: '0', volumeLots: 0, price: 0 };
  return { retcode, ...none, ...facts, bid, ask, comment: words.get(retcode) ?? '' };
}
