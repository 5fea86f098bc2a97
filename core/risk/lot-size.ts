/** How many lots lose a wished part of equity at the stop, and how far the target pays for it. */
import type { Failure } from '../errors.ts';
import type { Side } from '../broker/book.ts';
import type { OrderTicket } from '../broker/request.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  entryPrice,
  freeMargin,
  isBeyond,
  lossPerLot,
  meetingOf,
  takenExposure,
  type Opening,
} from './exposure.ts';
import { snapLots } from './grid.ts';
import { roundMoney } from './money.ts';

export { snapLots } from './grid.ts';

export interface SizeRequest extends Omit<Opening, 'ticket'> {
  readonly ticket: Omit<OrderTicket, 'volumeLots'>;
  /** Of equity. */
  readonly riskRatio: number;
}

export interface LotSize {
  readonly volumeLots: number;
  readonly riskMoney: number;
  readonly marginMoney: number;
  /** Null without a target. */
  readonly rewardRatio: number | null;
}

/**
 * The largest volume that loses at most the wished part of equity, within the limits.
 *
 * Capped by the limits of risk, position and exposure, by free margin and the broker's maximum,
 * then snapped down: less is safe, more is not. Errors: `trade.volume-below-min`, where even the
 * smallest volume would be more; `trade.number-invalid`, `trade.quote-missing`,
 * `risk.stop-missing`, `risk.equity`.
 */
export function lotsForRisk(request: SizeRequest): Result<LotSize, Failure> {
  const { broker, instrument, limits, quote, riskRatio, ticket } = request;
  const { side, sl, tp } = ticket;
  const entry = entryPrice(ticket, quote);
  const failure = checkRequest(request, entry);
  if (failure || entry === null) return fail(failure ?? noQuote);
  const { equity, currency } = broker;
  const perLot = lossPerLot(request, { entry, sl });
  const caps: readonly (readonly [perLot: number, most: number])[] = [
    [perLot, Math.min(riskRatio, limits.riskRatio) * equity],
    ...marginCaps(request),
  ];
  const wished = Math.min(
    instrument.volumeMaxLots,
    ...caps.map(([each, most]) => Math.max(0, most) / each),
  );
  const snapped = snapLots(wished, instrument);
  // Snapping forgives a millionth of a step; where a cap does not, it is a step less.
  const isOver = caps.some(([each, most]) => isBeyond(snapped * each, most));
  const volumeLots = isOver
    ? snapLots(snapped - instrument.volumeStepLots / 2, instrument)
    : snapped;
  if (!(volumeLots > 0) || volumeLots < instrument.volumeMinLots) {
    return fail({
      code: 'trade.volume-below-min',
      detail: 'Even the smallest volume is more than that.',
      figures: { value: wished, limit: instrument.volumeMinLots },
    });
  }
  return ok({
    volumeLots,
    riskMoney: roundMoney(volumeLots * perLot, currency),
    marginMoney: roundMoney(volumeLots * instrument.marginPerLot, currency),
    rewardRatio: sl === null ? null : rewardRatio({ side, entry, sl, tp }),
  });
}

const noQuote: Failure = { code: 'trade.quote-missing', detail: 'There is no price.' };

function checkRequest(request: SizeRequest, entry: number | null): Failure | null {
  const { broker, instrument, limits, riskRatio, ticket } = request;
  if (!(riskRatio > 0 && riskRatio <= 1)) {
    const figures = { field: 'risk', value: String(riskRatio) };
    return { code: 'trade.number-invalid', detail: 'This is no part of equity.', figures };
  }
  if (!(broker.equity > 0 && Number.isFinite(broker.equity))) {
    const figures = { value: String(broker.equity) };
    return { code: 'risk.equity', detail: 'There is no equity to trade with.', figures };
  }
  if (ticket.sl === null && limits.needsStop) {
    return { code: 'risk.stop-missing', detail: 'An order needs a stop.' };
  }
  if (entry === null) return noQuote;
  const numbers = [entry, ticket.sl ?? 1, ticket.tp ?? 1];
  const loss = lossPerLot(request, { entry, sl: ticket.sl });
  const isUsable = numbers.every((price) => price > 0 && Number.isFinite(price));
  if (isUsable && loss > 0 && Number.isFinite(loss) && instrument.marginPerLot >= 0) return null;
  const figures = { field: 'stop', value: String(ticket.sl ?? entry) };
  return { code: 'trade.number-invalid', detail: 'There is no way to the stop.', figures };
}

/** Margin a lot takes, and the most that each limit leaves. */
function marginCaps(request: SizeRequest): readonly (readonly [perLot: number, most: number])[] {
  const { broker, instrument, limits } = request;
  const each = instrument.marginPerLot;
  if (!(each > 0)) return [];
  const taken = takenExposure(request);
  const ticket = { ...request.ticket, volumeLots: 0 };
  const joined = meetingOf({ ...request, ticket }).joinedLots * each;
  return [
    [each, limits.positionRatio * broker.equity - joined],
    [each, limits.exposureRatio * broker.equity - taken.margin],
    [each, freeMargin(request, taken)],
  ];
}

/** Way to the target ÷ way to the stop; null without a target, or without a way to the stop. */
export function rewardRatio({
  side,
  entry,
  sl,
  tp,
}: {
  readonly side: Side;
  readonly entry: number;
  readonly sl: number;
  readonly tp: number | null;
}): number | null {
  const direction = side === 'buy' ? 1 : -1;
  const way = (entry - sl) * direction;
  return tp === null || !(way > 0) ? null : ((tp - entry) * direction) / way;
}
