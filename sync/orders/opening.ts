/** What requests to open come down to, each order of them within the trader's own limits. */
import type { Failure } from '#core/errors.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { OpenRequest, OrderTicket } from '#core/broker/request.ts';
import { lotsForRisk } from '#core/risk/lot-size.ts';
import { checkOpening } from '#core/risk/pre-trade-check.ts';
import { checkTicket } from '#core/risk/ticket-check.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { close, closeDeviationPoints } from './closing.ts';
import { intentOf, type Draft } from './drafts.ts';
import type { HeldPosition } from './order-store.ts';
import { freshQuote, positionOf, type Situation } from './situation.ts';

type Smart = Extract<OpenRequest, { readonly t: 'smart' }>;

export function opening(situation: Situation, request: OpenRequest): Result<Draft[], Failure> {
  switch (request.t) {
    case 'place':
      return all([place(situation, request.ticket, { part: null, before: [] })]);
    case 'smart': {
      const ticket = sized(situation, request);
      return ticket.ok ? all([place(situation, ticket.value, { part: null, before: [] })]) : ticket;
    }
    case 'batch':
      return ok(batch(situation, request.tickets));
    case 'oco':
      return oco(situation, request.tickets);
    case 'reverse':
      return reverse(situation, request.position);
  }
}

interface Part {
  readonly part: string | null;
  /** Of the same request: what they take is taken already. */
  readonly before: readonly Intent[];
}

function place(
  situation: Situation,
  ticket: OrderTicket,
  { part, before }: Part,
): Result<Draft, Failure> {
  const { instruments, positions, orders, open, nowMs } = situation;
  const known = tradable(situation, ticket.symbol);
  if (!known.ok) return known;
  const { instrument } = known.value;
  // A market order at an old price is refused, a pending one has a price of its own.
  const isMarket = ticket.kind === 'market';
  const quote = isMarket ? situation.quoteOf(ticket.symbol) : freshQuote(situation, ticket.symbol);
  const checked = checkTicket({ instrument, quote, ticket, nowMs });
  if (!checked.ok) return checked;
  const exposure = checkOpening({
    ...{ ...known.value, quote, ticket, instruments, positions, orders },
    intents: [...open, ...before],
  });
  if (!exposure.ok) return exposure;
  return ok({ part, body: { t: 'place', ...ticket }, state: 'created', reserved: exposure.value });
}

/** What is to be known of a symbol and its account before anything is opened. */
function tradable({ account, instruments }: Situation, symbol: string) {
  const { limits, broker, peakEquity } = account;
  const instrument = instruments.get(symbol);
  if (instrument && broker) return ok({ instrument, broker, limits, peakEquity });
  return fail<Failure>({
    code: 'trade.symbol-unknown',
    detail: 'The broker has no such symbol.',
    figures: { symbol },
  });
}

/** The whole request fails with its first part. */
function all(drafts: readonly Result<Draft, Failure>[]): Result<Draft[], Failure> {
  const made: Draft[] = [];
  for (const draft of drafts) {
    if (!draft.ok) return draft;
    made.push(draft.value);
  }
  return ok(made);
}

function batch(situation: Situation, tickets: readonly OrderTicket[]): Draft[] {
  const before: Intent[] = [];
  return tickets.map((ticket, n) => {
    const part = `order ${n}`;
    const draft = place(situation, ticket, { part, before });
    if (draft.ok) {
      before.push(asIntent(situation, draft.value));
      return draft.value;
    }
    const { code, figures } = draft.error;
    const refused = { part, body: { t: 'place' as const, ...ticket }, state: 'refused' as const };
    return { ...refused, reason: code, ...(figures && { figures }) };
  });
}

const asIntent = ({ account, requestId, nowMs }: Situation, draft: Draft): Intent =>
  intentOf(draft, { accountId: account.accountId, requestId, origin: 'trader', nowMs });

/** Both or none; each is kept free for, since both may fill before one can be canceled. */
function oco(
  situation: Situation,
  [first, second]: readonly [OrderTicket, OrderTicket],
): Result<Draft[], Failure> {
  const isPending = first.kind !== 'market' && second.kind !== 'market';
  if (!isPending || first.symbol !== second.symbol) {
    return fail({
      code: 'trade.not-pair',
      detail: 'One cancels the other where both are pending orders of one symbol.',
    });
  }
  const one = place(situation, first, { part: 'first', before: [] });
  if (!one.ok) return one;
  const before = [asIntent(situation, one.value)];
  const other = place(situation, second, { part: 'second', before });
  if (!other.ok) return other;
  return ok([
    { ...one.value, otherPart: 'second' },
    { ...other.value, otherPart: 'first' },
  ]);
}

/** The opening is judged as if the position was closed already: it waits until it is. */
function reverse(situation: Situation, position: string): Result<Draft[], Failure> {
  const held = positionOf(situation, position);
  if (!held.ok) return held;
  const closed = close(situation, held.value, { part: 'close', volumeLots: null });
  if (!closed.ok) return closed;
  const { symbol, side, volumeLots } = held.value;
  const isPart = closed.value.body.t === 'close' && closed.value.body.volumeLots < volumeLots;
  if (isPart) {
    return fail({
      code: 'trade.closing-already',
      detail: 'A part of the position is being closed.',
    });
  }
  const ticket: OrderTicket = {
    ...{ symbol, volumeLots, kind: 'market', side: side === 'buy' ? 'sell' : 'buy' },
    ...{ price: null, limitPrice: null, sl: null, tp: null, worstPrice: null, lastsUntilMs: null },
    deviationPoints: closeDeviationPoints,
  };
  const opened = place(without(situation, held.value), ticket, { part: 'open', before: [] });
  if (!opened.ok) return opened;
  return ok([closed.value, { ...opened.value, state: 'held', afterPart: 'close' }]);
}

/** As things will stand once the position is closed. */
function without(situation: Situation, { position, symbol, volumeLots }: HeldPosition): Situation {
  const { account, instruments } = situation;
  const { broker } = account;
  const margin = volumeLots * (instruments.get(symbol)?.marginPerLot ?? 0);
  const freed = broker && {
    ...broker,
    margin: Math.max(0, broker.margin - margin),
    freeMargin: broker.freeMargin + Math.min(margin, broker.margin),
  };
  return {
    ...situation,
    account: { ...account, broker: freed },
    positions: situation.positions.filter((each) => each.position !== position),
  };
}

/** The ticket with the volume that risks as much as wished, or less. */
export function sized(
  situation: Situation,
  { ticket, riskRatio }: Pick<Smart, 'ticket' | 'riskRatio'>,
): Result<OrderTicket, Failure> {
  const { instruments, positions, orders, open } = situation;
  const known = tradable(situation, ticket.symbol);
  if (!known.ok) return known;
  const quote = freshQuote(situation, ticket.symbol);
  const size = lotsForRisk({
    ...{ ...known.value, quote, ticket, riskRatio, instruments, positions, orders },
    intents: open,
  });
  return size.ok ? ok({ ...ticket, volumeLots: size.value.volumeLots }) : size;
}
