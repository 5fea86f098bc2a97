/** What requests to close come down to: never more than is left of a position. */
import type { Failure } from '#core/errors.ts';
import type { CloseRequest } from '#core/broker/request.ts';
import { snapLots } from '#core/risk/grid.ts';
import { checkVolume } from '#core/risk/ticket-check.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Draft } from './drafts.ts';
import type { HeldPosition } from './order-store.ts';
import { closableLots, positionOf, type Situation } from './situation.ts';

/** Points that a close may slip: to be out matters more than the price. */
export const closeDeviationPoints = 50;

export function closing(situation: Situation, request: CloseRequest): Result<Draft[], Failure> {
  if (request.t === 'close-all') return ok(closeAll(situation, request));
  const held = positionOf(situation, request.position);
  if (!held.ok) return held;
  if (request.t === 'close') {
    const draft = close(situation, held.value, { part: null, volumeLots: request.volumeLots });
    return draft.ok ? ok([draft.value]) : draft;
  }
  return closeBy(situation, held.value, request.opposite);
}

export function close(
  situation: Situation,
  held: HeldPosition,
  { part, volumeLots }: { readonly part: string | null; readonly volumeLots: number | null },
): Result<Draft, Failure> {
  const instrument = situation.instruments.get(held.symbol);
  const closable = closableLots(situation, held);
  // Beside others that close it, float subtraction leaves dust.
  const left =
    instrument && closable !== held.volumeLots ? snapLots(closable, instrument) : closable;
  if (left === 0) return fail(closingAlready);
  const lots = volumeLots === null || volumeLots >= left ? left : volumeLots;
  // All that is left may be anything; a part is a volume like any other.
  const failure = lots === left || !instrument ? null : checkVolume(instrument, lots);
  if (failure) return fail(failure);
  const body = {
    ...{ t: 'close' as const, position: held.position, symbol: held.symbol, volumeLots: lots },
    ...{ deviationPoints: closeDeviationPoints, worstPrice: null },
  };
  return ok({ part, body, state: 'created' });
}

const closingAlready: Failure = {
  code: 'trade.closing-already',
  detail: 'All that is left of the position is being closed.',
};

function closeBy(
  situation: Situation,
  held: HeldPosition,
  other: string,
): Result<Draft[], Failure> {
  const opposite = positionOf(situation, other);
  if (!opposite.ok) return opposite;
  const { symbol, side, position } = opposite.value;
  const isPair = symbol === held.symbol && side !== held.side;
  if (!isPair || situation.account.broker?.mode === 'netting') {
    return fail({ code: 'trade.not-opposite', detail: 'These do not close one another.' });
  }
  if (closableLots(situation, held) === 0 || closableLots(situation, opposite.value) === 0) {
    return fail(closingAlready);
  }
  const body = { t: 'close-by' as const, position: held.position, opposite: position, symbol };
  return ok([{ part: null, body, state: 'created' }]);
}

/** Each for itself, so that one that cannot be closed leaves the others. */
function closeAll(
  situation: Situation,
  { symbol, ordersToo }: { readonly symbol: string | null; readonly ordersToo: boolean },
): Draft[] {
  const isMeant = (each: { readonly symbol: string }) => symbol === null || each.symbol === symbol;
  const closes = situation.positions.filter(isMeant).map((held): Draft => {
    const part = `close ${held.position}`;
    const draft = close(situation, held, { part, volumeLots: null });
    if (draft.ok) return draft.value;
    const body = {
      ...{ t: 'close' as const, position: held.position, symbol: held.symbol },
      ...{ volumeLots: held.volumeLots, deviationPoints: closeDeviationPoints, worstPrice: null },
    };
    return { part, body, state: 'refused', reason: draft.error.code };
  });
  const cancels = situation.orders
    .filter((held) => ordersToo && isMeant(held))
    .map(({ order }): Draft => ({
      part: `cancel ${order}`,
      body: { t: 'cancel', order },
      state: 'created',
    }));
  return [...closes, ...cancels];
}
