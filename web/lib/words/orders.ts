/** What an order, its state and what it went through are called, for who trades. */
import type { IntentBody, OrderState } from '#core/broker/intent.ts';
import type { IntentEventView, IntentView } from '#core/broker/views.ts';
import type { OrderKind, Side } from '#core/broker/book.ts';
import { numberText } from './numbers.ts';
import { refusalWords, retcodeWords } from './retcodes.ts';
import { say } from './language.ts';

export const sideWords: Readonly<Record<Side, string>> = { buy: say`Buy`, sell: say`Sell` };

export const kindWords: Readonly<Record<OrderKind, string>> = {
  market: say`Market`,
  limit: say`Limit`,
  stop: say`Stop`,
  'stop-limit': say`Stop limit`,
};

export type StateTone = 'ok' | 'busy' | 'warning' | 'quiet' | 'danger';

interface StateWords {
  readonly short: string;
  readonly long: string;
  readonly tone: StateTone;
}

const states: Readonly<Record<OrderState, StateWords>> = {
  held: {
    short: say`Waits its turn`,
    long: say`It is sent once the order before it is filled.`,
    tone: 'busy',
  },
  created: {
    short: say`Taken`,
    long: say`The server has written it down and sends it.`,
    tone: 'busy',
  },
  claimed: { short: say`Being sent`, long: say`It is on its way to the terminal.`, tone: 'busy' },
  sent: {
    short: say`Sent`,
    long: say`The terminal has not said yet that it has it.`,
    tone: 'busy',
  },
  acked: {
    short: say`At the terminal`,
    long: say`The terminal has written it down and asks the broker next.`,
    tone: 'busy',
  },
  executing: { short: say`At the broker`, long: say`The broker is being asked.`, tone: 'busy' },
  'retry-wait': {
    short: say`Tried again shortly`,
    long: say`The broker said no for now and certainly did nothing. It is tried again in time and at your price.`,
    tone: 'busy',
  },
  accepted: {
    short: say`Accepted`,
    long: say`The broker has taken it; the fill is to come.`,
    tone: 'busy',
  },
  working: {
    short: say`Working`,
    long: say`It lies at the broker and waits for its price.`,
    tone: 'ok',
  },
  modifying: {
    short: say`Being changed`,
    long: say`The broker is asked to change it.`,
    tone: 'busy',
  },
  cancelling: {
    short: say`Being canceled`,
    long: say`The broker is asked to take it back.`,
    tone: 'busy',
  },
  partial: {
    short: say`Partly filled`,
    long: say`Some of it is filled, the rest still works.`,
    tone: 'ok',
  },
  unknown: {
    short: say`Answer lost`,
    long: say`We asked; the answer got lost. We are finding out; nothing is sent again.`,
    tone: 'warning',
  },
  manual: {
    short: say`You decide`,
    long: say`What the terminal shows contradicts itself. Look into the terminal, then say here what happened.`,
    tone: 'danger',
  },
  filled: { short: say`Filled`, long: say`All of it is filled.`, tone: 'ok' },
  done: { short: say`Done`, long: say`The broker has done it.`, tone: 'ok' },
  'partial-canceled': {
    short: say`Partly filled`,
    long: say`Some of it is filled; the rest was taken back.`,
    tone: 'ok',
  },
  canceled: {
    short: say`Canceled`,
    long: say`It was taken back before it was filled.`,
    tone: 'quiet',
  },
  expired: {
    short: say`Expired`,
    long: say`Its time was over before anything was done.`,
    tone: 'quiet',
  },
  refused: {
    short: say`Refused`,
    long: say`The terminal did not ask the broker. Nothing was done.`,
    tone: 'danger',
  },
  rejected: {
    short: say`Rejected`,
    long: say`The broker said no. Nothing was done.`,
    tone: 'danger',
  },
  'not-executed': {
    short: say`Not executed`,
    long: say`The broker was looked through several times, and there is nothing of it.`,
    tone: 'quiet',
  },
};

export function stateWords(state: OrderState): StateWords {
  return states[state] ?? { short: state, long: '', tone: 'quiet' };
}

/** `Buy 0.10 EURUSD`, `Close 0.05 EURUSD`, `Change stop and target`. */
export function intentTitle(body: IntentBody): string {
  switch (body.t) {
    case 'place': {
      const kind = body.kind === 'market' ? '' : ` ${kindWords[body.kind].toLowerCase()}`;
      return `${sideWords[body.side]} ${lotsText(body.volumeLots)} ${body.symbol}${kind}`;
    }
    case 'modify':
      return 'position' in body.target ? say`Change stop and target` : say`Change a working order`;
    case 'cancel':
      return say`Cancel a working order`;
    case 'close':
      return say`Close ${lotsText(body.volumeLots)} ${body.symbol}`;
    case 'close-by':
      return say`Close ${body.symbol} by the opposite position`;
  }
}

/** Why it stands as it does, as far as somebody said so; '' where nothing more is known. */
export function reasonText({ reason, retcode }: Pick<IntentView, 'reason' | 'retcode'>): string {
  if (reason !== null) {
    const refusal = refusalWords(reason);
    if (refusal) return refusal;
  }
  if (retcode !== null && retcode !== 0) return retcodeWords(retcode);
  return '';
}

const origins: Readonly<Record<IntentView['origin'], string>> = {
  trader: '',
  trail: say`by your trailing stop`,
  group: say`follows from another order`,
};
export const originText = (origin: IntentView['origin']): string => origins[origin];

/** An event has the name of the state that it led to. */
const events: Readonly<Record<OrderState, string>> = {
  held: say`Held until the order before it is filled`,
  created: say`Taken by the server`,
  claimed: say`Set aside for this connection of the terminal`,
  sent: say`Sent to the terminal`,
  acked: say`Written down by the terminal`,
  executing: say`The broker is asked`,
  'retry-wait': say`The broker said no for now; tried again shortly`,
  accepted: say`Accepted by the broker`,
  working: say`Lies at the broker`,
  modifying: say`The broker is asked to change it`,
  cancelling: say`The broker is asked to take it back`,
  partial: say`Partly filled`,
  unknown: say`The answer got lost; nothing is sent again`,
  manual: say`The terminal contradicts itself: you decide`,
  filled: say`Filled`,
  done: say`Done`,
  'partial-canceled': say`The rest was taken back`,
  canceled: say`Canceled`,
  expired: say`Expired before anything was done`,
  refused: say`Refused before the broker was asked`,
  rejected: say`Rejected by the broker`,
  'not-executed': say`Nothing of it at the broker, looked through several times`,
};

/** One line of an order's story; an event newer than this version is shown by its own name. */
export function eventText({ name }: IntentEventView): string {
  return events[name as OrderState] ?? name;
}

/** The figures of an event that tell a trader something, in their order. */
export function eventDetail({ detail }: IntentEventView): string {
  const parts: string[] = [];
  const { filledLots, averagePrice, price, retcode, reason, attempt } = detail;
  if (typeof filledLots === 'number' && filledLots > 0)
    parts.push(say`${lotsText(filledLots)} lots`);
  const at = typeof averagePrice === 'number' ? averagePrice : price;
  if (typeof at === 'number' && at > 0) parts.push(say`at ${at}`);
  if (typeof attempt === 'number' && attempt > 1) parts.push(say`attempt ${attempt}`);
  if (typeof retcode === 'number' && retcode > 0) parts.push(retcodeWords(retcode));
  if (typeof reason === 'string') parts.push(refusalWords(reason) || reason);
  return parts.join(' · ');
}

/** `0.10`, with as many decimals as the volume has, two at least. */
export function lotsText(volumeLots: number): string {
  const digits = Math.max(2, (String(volumeLots).split('.')[1] ?? '').length);
  return numberText(volumeLots, Math.min(digits, 8));
}
