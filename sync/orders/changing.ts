/** What requests to change or cancel come down to. */
import type { Failure } from '#core/errors.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { IntentBody } from '#core/broker/intent.ts';
import type { ChangeRequest } from '#core/broker/request.ts';
import { snapPrice } from '#core/risk/grid.ts';
import { checkOrderChange, checkPositionLevels } from '#core/risk/level-check.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Draft } from './drafts.ts';
import type { HeldPosition } from './order-store.ts';
import { freshQuote, orderOf, positionOf, type Situation } from './situation.ts';

type Changing = Exclude<ChangeRequest, { readonly t: 'trail' }>;

export function changing(situation: Situation, request: Changing): Result<Draft[], Failure> {
  switch (request.t) {
    case 'cancel': {
      const held = orderOf(situation, request.order);
      return held.ok ? whole({ t: 'cancel', order: request.order }) : held;
    }
    case 'modify-order':
      return modifyOrder(situation, request);
    case 'modify-position':
      return modifyPosition(situation, request, () => ({ sl: request.sl, tp: request.tp }));
    case 'break-even':
      return modifyPosition(situation, request, (held, instrument) => ({
        sl: breakEven(held, instrument, request.lockPoints),
        tp: held.tp,
      }));
  }
}

function modifyPosition(
  situation: Situation,
  { position }: { readonly position: string },
  levelsOf: (
    held: HeldPosition,
    instrument: Instrument,
  ) => { readonly sl: number | null; readonly tp: number | null },
): Result<Draft[], Failure> {
  const held = positionOf(situation, position);
  if (!held.ok) return held;
  const instrument = situation.instruments.get(held.value.symbol);
  if (!instrument) return fail(symbolUnknown);
  const levels = levelsOf(held.value, instrument);
  const { side } = held.value;
  const quote = freshQuote(situation, instrument.symbol);
  const failure = checkPositionLevels({ instrument, quote, side, ...levels });
  if (failure) return fail(failure);
  const others = { price: null, limitPrice: null, lastsUntilMs: null };
  return whole({ t: 'modify', target: { position }, ...levels, ...others });
}

function modifyOrder(
  situation: Situation,
  request: Extract<Changing, { readonly t: 'modify-order' }>,
): Result<Draft[], Failure> {
  const { t, id, accountId, order, ...change } = request;
  const held = orderOf(situation, order);
  if (!held.ok) return held;
  const instrument = situation.instruments.get(held.value.symbol);
  if (!instrument) return fail(symbolUnknown);
  const quote = freshQuote(situation, instrument.symbol);
  const { nowMs } = situation;
  const failure = checkOrderChange({ instrument, quote, order: held.value, change, nowMs });
  return failure ? fail(failure) : whole({ t: 'modify', target: { order }, ...change });
}

/** The open price and so many points into profit, on the grid of the symbol. */
function breakEven(held: HeldPosition, instrument: Instrument, lockPoints: number): number {
  const direction = held.side === 'buy' ? 1 : -1;
  const price = held.openPrice + direction * lockPoints * instrument.pointSize;
  // Towards profit, so that a part of a tick does not turn into a loss.
  return snapPrice(price, instrument, direction > 0 ? 'up' : 'down');
}

const symbolUnknown: Failure = {
  code: 'trade.symbol-unknown',
  detail: 'The broker does not say what this symbol is.',
};

const whole = (body: IntentBody): Result<Draft[], Failure> =>
  ok([{ part: null, body, state: 'created' }]);
