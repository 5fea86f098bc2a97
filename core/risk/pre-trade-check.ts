/**
 * Whether the trader's own limits let an order be opened; closing is never asked about.
 *
 * Each limit has a code of its own and its figures: `value` is what it would come to, `limit` what
 * is allowed. What is exactly at a limit is within it.
 */
import type { ErrorCode, Failure } from '../errors.ts';
import { noExposure, type Exposure } from '../broker/intent.ts';
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
import { rewardRatio } from './lot-size.ts';
import { roundMoney } from './money.ts';

export type { Opening, RiskFacts } from './exposure.ts';

/** What the ticket, which passed `checkTicket`, adds: to be kept free until its fate is known. */
export function checkOpening(opening: Opening): Result<Exposure, Failure> {
  const account = checkAccount(opening);
  if (account) return fail(account);
  const { openingLots, joinedLots, newPositions } = meetingOf(opening);
  // It only closes.
  if (!(openingLots > 0)) return ok(noExposure);
  const entry = entryPrice(opening.ticket, opening.quote);
  if (entry === null) return fail({ code: 'trade.quote-missing', detail: 'There is no price.' });
  const own: Exposure = {
    margin: openingLots * opening.instrument.marginPerLot,
    risk: openingLots * lossPerLot(opening, { entry, sl: opening.ticket.sl }),
    positions: newPositions,
  };
  const failure =
    checkDrawdown(opening) ??
    checkLevels(opening, entry) ??
    checkRisk(opening, own) ??
    checkSize(opening, own, joinedLots * opening.instrument.marginPerLot) ??
    checkAll(opening, own);
  return failure ? fail(failure) : ok(own);
}

function beyond(
  code: ErrorCode,
  detail: string,
  figures: Readonly<Record<string, number>>,
): Failure {
  return { code, detail, figures };
}

function checkAccount({ broker }: Opening): Failure | null {
  if (!broker.isTradeAllowed) {
    return { code: 'trade.programs-off', detail: 'The terminal lets no program trade.' };
  }
  const { equity, margin, freeMargin } = broker;
  if (equity > 0 && [equity, margin, freeMargin].every(Number.isFinite)) return null;
  return {
    code: 'risk.equity',
    detail: 'There is no equity to trade with.',
    figures: { value: Number.isFinite(equity) ? equity : String(equity) },
  };
}

function checkDrawdown({ limits, broker, peakEquity }: Opening): Failure | null {
  const peak = Math.max(peakEquity, broker.equity);
  const value = (peak - broker.equity) / peak;
  return isBeyond(value, limits.drawdownRatio)
    ? beyond('risk.drawdown', 'The drawdown is beyond its limit.', {
        ...{ value, limit: limits.drawdownRatio, peak, equity: broker.equity },
      })
    : null;
}

function checkLevels({ limits, instrument, ticket }: Opening, entry: number): Failure | null {
  const { side, tp } = ticket;
  if (ticket.sl === null && limits.needsStop) {
    return { code: 'risk.stop-missing', detail: 'An order needs a stop.' };
  }
  const direction = side === 'buy' ? 1 : -1;
  const sl = ticket.sl ?? entry * (1 - direction * limits.defaultStopRatio);
  const value = rewardRatio({ side, entry, sl, tp });
  // Without a target there is no way to it that could be too short.
  if (value === null || value >= limits.rewardRatio - tickPart(instrument.tickSize, entry - sl)) {
    return null;
  }
  return beyond('risk.reward', 'The target is too near for the stop.', {
    ...{ value, limit: limits.rewardRatio },
  });
}

/** A thousandth of a tick, as part of the way to the stop: levels stand on a grid of floats. */
const tickPart = (tickSize: number, way: number): number => (tickSize * 1e-3) / Math.abs(way);

function checkRisk({ limits, broker }: Opening, { risk }: Exposure): Failure | null {
  const value = risk / broker.equity;
  return isBeyond(value, limits.riskRatio)
    ? beyond('risk.trade', 'The trade loses too much at its stop.', {
        ...{ value, limit: limits.riskRatio, money: roundMoney(risk, broker.currency) },
      })
    : null;
}

function checkSize(
  { limits, broker }: Opening,
  { margin }: Exposure,
  joinedMargin: number,
): Failure | null {
  const whole = margin + joinedMargin;
  const value = whole / broker.equity;
  return isBeyond(value, limits.positionRatio)
    ? beyond('risk.position', 'The position is too large.', {
        ...{ value, limit: limits.positionRatio, money: roundMoney(whole, broker.currency) },
      })
    : null;
}

/** Everything together. */
function checkAll(opening: Opening, own: Exposure): Failure | null {
  const { limits, broker } = opening;
  const taken = takenExposure(opening);
  const positions = taken.positions + own.positions;
  if (own.positions > 0 && positions > limits.openPositions) {
    return beyond('risk.positions', 'There are as many positions as are allowed.', {
      ...{ value: positions, limit: limits.openPositions },
    });
  }
  const margin = taken.margin + own.margin;
  const value = margin / broker.equity;
  if (isBeyond(value, limits.exposureRatio)) {
    return beyond('risk.exposure', 'All positions together are too large.', {
      ...{ value, limit: limits.exposureRatio, money: roundMoney(margin, broker.currency) },
    });
  }
  const free = freeMargin(opening, taken);
  return isBeyond(own.margin, Math.max(0, free))
    ? beyond('risk.margin', 'There is not enough free margin.', {
        value: roundMoney(own.margin, broker.currency),
        limit: roundMoney(Math.max(0, free), broker.currency),
      })
    : null;
}
