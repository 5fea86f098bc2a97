/** What a broker's answer means by its number, and why a terminal refused, in words for a trader. */
import type { ErrorCode } from '#core/errors.ts';
import type { RefusalReason } from '#core/broker/messages.ts';
import { errorCodes } from '#core/errors.ts';
import { errorWords } from './errors.ts';
import { say } from './language.ts';

/** Of MetaTrader 5; its own numbers. */
const codes: Readonly<Record<number, string>> = {
  10004: say`The price had moved (requote)`,
  10006: say`The broker rejected it`,
  10007: say`Canceled in the terminal`,
  10008: say`Taken; the fill is to come`,
  10009: say`Done`,
  10010: say`Filled in part`,
  10011: say`The broker could not process it`,
  10012: say`The broker did not answer in time`,
  10013: say`The broker calls the order invalid`,
  10014: say`The broker calls the volume invalid`,
  10015: say`The broker calls the price invalid`,
  10016: say`The stop or target is on the wrong side or too near`,
  10017: say`Trading is disabled on this account`,
  10018: say`The market is closed`,
  10019: say`Not enough money`,
  10020: say`The price changed`,
  10021: say`There is no price now`,
  10022: say`The end of the order’s life is invalid`,
  10023: say`The order had changed meanwhile`,
  10024: say`Too many requests at once`,
  10025: say`Nothing to change`,
  10026: say`The broker has switched off trading by programs`,
  10027: say`The terminal has switched off trading by programs: press “Algo Trading” there`,
  10028: say`The broker was still working on it`,
  10029: say`Too near to the price to be changed`,
  10030: say`The broker does not fill orders in this way`,
  10031: say`The terminal has no connection to the broker`,
  10032: say`Only for real accounts`,
  10033: say`As many working orders as the broker allows`,
  10034: say`As much volume of this symbol as the broker allows`,
  10035: say`The broker does not take this kind of order`,
  10036: say`The position was closed already`,
  10038: say`More volume than the position has`,
  10039: say`There is an order already that closes the position`,
  10040: say`As many positions as the broker allows`,
  10041: say`The working order was refused, and canceled`,
  10042: say`Only buying is allowed in this symbol`,
  10043: say`Only selling is allowed in this symbol`,
  10044: say`Only closing is allowed in this symbol`,
  10045: say`Positions must be closed in the order they were opened (FIFO)`,
  10046: say`Opposite positions in one symbol are not allowed on this account`,
};

/** `The market is closed (10018)`; the number is what a broker's support asks for. */
export function retcodeWords(retcode: number): string {
  return codes[retcode] ? `${codes[retcode]} (${retcode})` : say`The broker answered ${retcode}`;
}

const refusals: Readonly<Record<RefusalReason, string>> = {
  stale: say`It reached the terminal too late, so that the terminal did not ask the broker`,
  price: say`The price was worse than the worst you allowed`,
  'read-only': say`The terminal is set to read only`,
  'wrong-account': say`The terminal is signed in to another account`,
  'wrong-session': say`It was meant for an earlier connection of the terminal`,
  journal: say`The terminal could not write it down, and so did not ask the broker`,
  symbol: say`The terminal does not know this symbol`,
  position: say`The position or order is not there any more`,
  invalid: say`The terminal could not make an order of it`,
};

/** What became known of it otherwise. */
const findings: Readonly<Record<string, string>> = {
  'never-seen': say`It never reached the terminal`,
  'journal-lost': say`The terminal has forgotten what it had written down`,
  'second-order': say`The broker has two orders for it`,
};

/** A refusal's reason, whoever refused; '' where the reason is none we know. */
export function refusalWords(reason: string): string {
  if (reason in refusals) return refusals[reason as RefusalReason];
  if (findings[reason]) return findings[reason];
  return (errorCodes as readonly string[]).includes(reason)
    ? errorWords({ code: reason as ErrorCode, detail: '' }).what
    : '';
}
