/** Bots in the trader's words: states, what they say of themselves, why they did not trade. */
import type { BotState } from '#core/automation/bot.ts';
import type { BotView, BotEventView } from '#core/automation/bot-views.ts';
import type { DriftCause, DriftKind } from '#core/automation/drift.ts';
import type { LeavingReason } from '#core/automation/bot-book.ts';
import type { Protection } from '#core/automation/protections.ts';
import { numberText } from '../words/numbers.ts';
import { errorWords } from '../words/errors.ts';
import { errorCodes } from '#core/errors.ts';

export type BotTone = 'ok' | 'busy' | 'warning' | 'danger' | 'quiet';

const states: Readonly<Record<BotState, readonly [BotTone, string, string]>> = {
  draft: ['quiet', 'Not started', 'Nothing is traded yet.'],
  running: ['ok', 'Running', 'It decides at the close of every bar, with no browser open.'],
  paused: ['warning', 'Paused', 'Nothing new is opened; exits go on.'],
  stopped: ['quiet', 'Stopped', 'It trades no more.'],
  killed: ['danger', 'Killed', 'It was ended by the kill switch.'],
};

export function stateWords({ state, reason, isEnding }: BotView): {
  readonly tone: BotTone;
  readonly short: string;
  readonly long: string;
} {
  const [tone, short, long] = states[state];
  const why = reason === null || reason === 'kill-switch' ? '' : ` ${reasonWords(reason)}`;
  const ending = isEnding ? ' What it left at the broker is being taken away.' : '';
  return { tone, short, long: `${long}${why}${ending}` };
}

const reasons: Readonly<Record<string, string>> = {
  late: 'The bar was over before the bot could act: the server or the terminal was away.',
  paused: 'The bot was paused.',
  dropped: 'It came to nothing by the rules.',
  'no-price': 'There was no price.',
  'no-volume': 'The size came to less than the smallest volume.',
  'fate-open': 'What became of an earlier order was not known.',
  rules: 'The rules could not be worked out.',
  'limit.volume': 'The order was larger than the bot may place.',
  'limit.open': 'The bot had as many positions and orders as it may.',
  'limit.day-loss': 'The bot had lost as much as it may in a day.',
  'limit.day-orders': 'The bot had opened as often as it may in a day.',
  'protection.cool-down': 'It was cooling down after a trade.',
  'protection.stop-guard': 'Several trades had just ended at their stop.',
  'protection.low-profit': 'The last trades together earned too little.',
  'protection.drawdown': 'It fell by as much as you allow.',
};

/** A reason of ours, or the refusal of the order path in its words. */
export function reasonWords(reason: string): string {
  const own = reasons[reason];
  if (own !== undefined) return own;
  const code = errorCodes.find((each) => each === reason);
  return code ? `${errorWords({ code, detail: '' }).what}.` : reason;
}

const events: Readonly<Record<string, string>> = {
  started: 'Started',
  paused: 'Paused',
  resumed: 'Goes on',
  stopped: 'Stopped',
  killed: 'Killed',
  ended: 'Nothing of it is left at the broker',
  'stopped-itself': 'Stopped by itself',
  'limits-changed': 'Limits changed',
  'sent-place': 'Asked to open',
  'sent-oco': 'Asked for two orders of which one cancels the other',
  'sent-close': 'Asked to close',
  'sent-cancel': 'Asked to cancel an order',
  'sent-modify-position': 'Asked to move a stop or target',
  'found-sent': 'After a new start: was sent already, and is not sent again',
  refused: 'Not done',
  'entry-held-back': 'Nothing opened',
  'bar-late': 'A bar passed without a decision',
  'bars-missed': 'Bars passed while nobody watched; the bot does not trade in the past',
  'fate-open': 'Waits: what became of an order is not known',
};

/** A line of the log: what happened, and its particulars. */
export function eventWords({ name, detail }: BotEventView): {
  readonly what: string;
  readonly detail: string;
} {
  return { what: events[name] ?? name, detail: particulars(detail) };
}

function particulars(detail: BotEventView['detail']): string {
  const { side, kind, volumeLots, price, sl, tp, by, code, missing, found, bars } = detail;
  const parts = [
    side && `${side === 'buy' ? 'buy' : 'sell'} ${numberText(Number(volumeLots), 2)} lots`,
    kind && kind !== 'market' && `${kind} at ${price}`,
    sl && `stop ${sl}`,
    tp && `target ${tp}`,
    by && reasonWords(String(by)),
    code && reasonWords(String(code)),
    missing !== undefined && `${missing} bars, ${found} of them told afterwards`,
    Number(bars) > 0 && by && `${bars} more bars`,
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

export const leavingWords: Readonly<Record<LeavingReason, string>> = {
  rule: 'Rule',
  stop: 'Stop',
  target: 'Target',
  'stop-out': 'Margin ran short',
  other: 'By hand or by the broker',
};

export const driftWords: Readonly<Record<DriftKind, string>> = {
  same: 'The same',
  differs: 'Differs',
  missed: 'Not traded',
  extra: 'Only by the bot',
};

export const causeWords: Readonly<Record<DriftCause, string>> = {
  spread: 'Spread',
  slippage: 'Slippage',
  waiting: 'Price had moved',
  volume: 'Other volume',
  exit: 'Left elsewhere',
  moved: 'Moved stop met elsewhere',
  part: 'Part taken elsewhere',
  commission: 'Commission',
  swap: 'Swap',
  missed: 'Not traded',
  extra: 'Only by the bot',
  rounding: 'Cents',
};

export function protectionWords(protection: Protection): string {
  switch (protection.t) {
    case 'cool-down':
      return `Waits ${protection.bars} bars after each trade.`;
    case 'stop-guard': {
      const { losses, withinBars, pauseBars } = protection;
      return `After ${losses} losing stops within ${withinBars} bars it opens nothing for ${pauseBars} bars.`;
    }
    case 'low-profit': {
      const { trips, leastMoney, pauseBars } = protection;
      return `Where the last ${trips} trades come to less than ${numberText(leastMoney, 2)}, it opens nothing for ${pauseBars} bars.`;
    }
    case 'drawdown':
      return `Stops for good when it falls by ${numberText(protection.ratio * 100, 1)} % from its best.`;
  }
}

const left: Readonly<Record<string, string>> = {
  'other-symbols': 'It reads prices of other symbols.',
  'many-cancel-others': 'More than two of its orders cancel each other.',
  'hedging-on-netting':
    'It holds both sides at once, and this account keeps one position a symbol.',
  'netting-on-hedging': 'It nets its orders, and this account keeps each as its own position.',
  'care-of-a-growing-net': 'It adds to a net whose stop it moves or of which it takes parts.',
  'several-on-netting': 'It holds several positions, and this account keeps one a symbol.',
};

export const untranslatableWords = (what: string): string => left[what] ?? what;
