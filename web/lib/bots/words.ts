/** Bots in the trader's words: states, what they say of themselves, why they did not trade. */
import type { BotState } from '#core/automation/bot.ts';
import type { BotView, BotEventView } from '#core/automation/bot-views.ts';
import type { DriftCause, DriftKind } from '#core/automation/drift.ts';
import type { LeavingReason } from '#core/automation/bot-book.ts';
import type { Protection } from '#core/automation/protections.ts';
import { numberText } from '../words/numbers.ts';
import { errorWords } from '../words/errors.ts';
import { errorCodes } from '#core/errors.ts';
import { say } from '../words/language.ts';
import { kindWords } from '../words/orders.ts';

export type BotTone = 'ok' | 'busy' | 'warning' | 'danger' | 'quiet';

const states: Readonly<Record<BotState, readonly [BotTone, string, string]>> = {
  draft: ['quiet', say`Not started`, say`Nothing is traded yet.`],
  running: ['ok', say`Running`, say`It decides at the close of every bar, with no browser open.`],
  paused: ['warning', say`Paused`, say`Nothing new is opened; exits go on.`],
  stopped: ['quiet', say`Stopped`, say`It trades no more.`],
  killed: ['danger', say`Killed`, say`It was ended by the kill switch.`],
};

export function stateWords({ state, reason, isEnding }: BotView): {
  readonly tone: BotTone;
  readonly short: string;
  readonly long: string;
} {
  const [tone, short, usual] = states[state];
  const isByItself = reason !== null && reason !== 'kill-switch';
  const sentences = [
    state === 'paused' && isByItself ? say`It does nothing until you let it go on.` : usual,
    ...(isByItself ? [reasonWords(reason)] : []),
    ...(isEnding ? [say`What it left at the broker is being taken away.`] : []),
  ];
  return { tone, short, long: sentences.join(' ') };
}

const reasons: Readonly<Record<string, string>> = {
  late: say`The bar was over before the bot could act: the server or the terminal was away.`,
  paused: say`The bot was paused.`,
  dropped: say`It came to nothing by the rules.`,
  'no-price': say`There was no price.`,
  'no-volume': say`The size came to less than the smallest volume.`,
  'fate-open': say`What became of an earlier order was not known.`,
  rules: say`The rules could not be worked out.`,
  'limit.volume': say`The order was larger than the bot may place.`,
  'limit.open': say`The bot had as many positions and orders as it may.`,
  'limit.day-loss': say`The bot had lost as much as it may in a day.`,
  'limit.day-orders': say`The bot had opened as often as it may in a day.`,
  'protection.cool-down': say`It was cooling down after a trade.`,
  'protection.stop-guard': say`Several trades had just ended at their stop.`,
  'protection.low-profit': say`The last trades together earned too little.`,
  'protection.drawdown': say`It fell by as much as you allow.`,
};

/** A reason of ours, or the refusal of the order path in its words. */
export function reasonWords(reason: string): string {
  const own = reasons[reason];
  if (own !== undefined) return own;
  const code = errorCodes.find((each) => each === reason);
  return code ? `${errorWords({ code, detail: '' }).what}.` : reason;
}

const events: Readonly<Record<string, string>> = {
  started: say`Started`,
  paused: say`Paused`,
  resumed: say`Goes on`,
  stopped: say`Stopped`,
  killed: say`Killed`,
  ended: say`Nothing of it is left at the broker`,
  'stopped-itself': say`Stopped by itself`,
  'paused-itself': say`Paused by itself`,
  'code-line': say`It wrote`,
  'limits-changed': say`Limits changed`,
  'sent-place': say`Asked to open`,
  'sent-oco': say`Asked for two orders of which one cancels the other`,
  'sent-close': say`Asked to close`,
  'sent-cancel': say`Asked to cancel an order`,
  'sent-modify-position': say`Asked to move a stop or target`,
  'found-sent': say`After a new start: was sent already, and is not sent again`,
  refused: say`Not done`,
  'entry-held-back': say`Nothing opened`,
  'bar-late': say`A bar passed without a decision`,
  'bars-missed': say`Bars passed while nobody watched; the bot does not trade in the past`,
  'fate-open': say`Waits: what became of an order is not known`,
};

/** A line of the log: what happened, and its particulars. */
export function eventWords({ name, detail }: BotEventView): {
  readonly what: string;
  readonly detail: string;
} {
  return { what: events[name] ?? name, detail: particulars(detail) };
}

const kinds: Readonly<Record<string, string>> = kindWords;

/** What a strategy says of itself, or why it cannot be traded. */
function reasonOf({ code, text, what }: BotEventView['detail']): readonly string[] {
  if (code === 'bot.untranslatable') return [untranslatableWords(String(what))];
  const isOwn = code === undefined || String(code).startsWith('code.');
  return isOwn && text !== undefined ? [String(text)] : [];
}

function particulars(detail: BotEventView['detail']): string {
  const { side, kind, volumeLots, price, sl, tp, by, code, missing, found, bars } = detail;
  const parts = [
    side && say`${side === 'buy' ? say`buy` : say`sell`} ${numberText(Number(volumeLots), 2)} lots`,
    kind && kind !== 'market' && say`${kinds[String(kind)] ?? kind} at ${price}`,
    sl && say`stop ${sl}`,
    tp && say`target ${tp}`,
    by && reasonWords(String(by)),
    code && reasonWords(String(code)),
    ...reasonOf(detail),
    missing !== undefined && say`${missing} bars, ${found} of them told afterwards`,
    Number(bars) > 0 && by && say`${bars} more bars`,
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

export const leavingWords: Readonly<Record<LeavingReason, string>> = {
  rule: say`Rule`,
  stop: say`Stop`,
  target: say`Target`,
  'stop-out': say`Margin ran short`,
  other: say`By hand or by the broker`,
};

export const driftWords: Readonly<Record<DriftKind, string>> = {
  same: say`The same`,
  differs: say`Differs`,
  missed: say`Not traded`,
  extra: say`Only by the bot`,
};

export const causeWords: Readonly<Record<DriftCause, string>> = {
  spread: say`Spread`,
  slippage: say`Slippage`,
  waiting: say`Price had moved`,
  volume: say`Other volume`,
  exit: say`Left elsewhere`,
  moved: say`Moved stop met elsewhere`,
  part: say`Part taken elsewhere`,
  commission: say`Commission`,
  swap: say`Swap`,
  missed: say`Not traded`,
  extra: say`Only by the bot`,
  rounding: say`Cents`,
};

export function protectionWords(protection: Protection): string {
  switch (protection.t) {
    case 'cool-down':
      return say`Waits ${protection.bars} bars after each trade.`;
    case 'stop-guard': {
      const { losses, withinBars, pauseBars } = protection;
      return say`After ${losses} losing stops within ${withinBars} bars it opens nothing for ${pauseBars} bars.`;
    }
    case 'low-profit': {
      const { trips, leastMoney, pauseBars } = protection;
      return say`Where the last ${trips} trades come to less than ${numberText(leastMoney, 2)}, it opens nothing for ${pauseBars} bars.`;
    }
    case 'drawdown':
      return say`Stops for good when it falls by ${numberText(protection.ratio * 100, 1)} % from its best.`;
  }
}

const left: Readonly<Record<string, string>> = {
  'other-symbols': say`It reads prices of other symbols.`,
  'many-cancel-others': say`More than two of its orders cancel each other.`,
  'many-orders': say`It asks for more than 40 orders and closes at one bar.`,
  'hedging-on-netting': say`It holds both sides at once, and this account keeps one position a symbol.`,
  'netting-on-hedging': say`It nets its orders, and this account keeps each as its own position.`,
  'care-of-a-growing-net': say`It adds to a net whose stop it moves or of which it takes parts.`,
  'several-on-netting': say`It holds several positions, and this account keeps one a symbol.`,
};

export const untranslatableWords = (what: string): string => left[what] ?? what;
