/** Whether an order's numbers are numbers, on the instrument's grids, and those its kind has. */
import type { ErrorCode, Failure } from '../errors.ts';
import type { OrderKind } from '../broker/book.ts';
import type { Instrument } from '../broker/instrument.ts';
import type { OrderTicket } from '../broker/request.ts';
import { isOnGrid } from './grid.ts';

/** Null where the volume can be traded. */
export function checkVolume(instrument: Instrument, volumeLots: number): Failure | null {
  const { volumeMinLots: min, volumeMaxLots: max, volumeStepLots: step } = instrument;
  if (!(volumeLots > 0 && Number.isFinite(volumeLots))) {
    return wrong('trade.volume-invalid', 'This is no volume.', { value: plain(volumeLots) });
  }
  const figures = { value: volumeLots };
  if (volumeLots < min * (1 - DUST)) {
    return wrong('trade.volume-below-min', 'The volume is too small.', { ...figures, limit: min });
  }
  if (volumeLots > max * (1 + DUST)) {
    return wrong('trade.volume-above-max', 'The volume is too large.', { ...figures, limit: max });
  }
  return isOnGrid(volumeLots, step)
    ? null
    : wrong('trade.volume-off-grid', 'The volume misses its step.', { ...figures, step });
}

const DUST = 1e-9;

type Figures = Readonly<Record<string, string | number>>;

export function wrong(code: ErrorCode, detail: string, figures: Figures = {}): Failure {
  return { code, detail, figures };
}

/** JSON has no word for what is not finite. */
export const plain = (value: number): string | number =>
  Number.isFinite(value) ? value : String(value);

type Prices = Readonly<Record<string, number | null>>;

export function checkPrices({ tickSize }: Instrument, prices: Prices): Failure | null {
  for (const [field, value] of Object.entries(prices)) {
    if (value === null) continue;
    if (!(value > tickSize / 2 && Number.isFinite(value))) {
      return wrong('trade.number-invalid', `The ${field} is no price.`, {
        field,
        value: plain(value),
      });
    }
    if (!isOnGrid(value, tickSize)) {
      return wrong('trade.price-off-grid', `The ${field} misses its step.`, {
        ...{ field, value, step: tickSize },
      });
    }
  }
  return null;
}

/** Which prices a kind of order has. */
const wants: Readonly<Record<OrderKind, readonly [price: boolean, limitPrice: boolean]>> = {
  market: [false, false],
  limit: [true, false],
  stop: [true, false],
  'stop-limit': [true, true],
};

export function checkNumbers(instrument: Instrument, ticket: OrderTicket): Failure | null {
  const { kind, price, limitPrice, sl, tp, worstPrice, deviationPoints } = ticket;
  const [wantsPrice, wantsLimit] = wants[kind];
  const fields = [
    ['price', price, wantsPrice],
    ['limit price', limitPrice, wantsLimit],
  ] as const;
  for (const [field, value, isWanted] of fields) {
    if ((value !== null) !== isWanted) {
      const given = value === null ? 'none' : plain(value);
      return wrong('trade.number-invalid', `The ${field} does not fit.`, { field, value: given });
    }
  }
  const isDeviation = Number.isSafeInteger(deviationPoints) && deviationPoints >= 0;
  if (!isDeviation || deviationPoints > MOST_DEVIATION) {
    const figures = { field: 'deviation', value: plain(deviationPoints) };
    return wrong('trade.number-invalid', 'This is no deviation in points.', figures);
  }
  const levels = { price, 'limit price': limitPrice, stop: sl, target: tp };
  return checkPrices(instrument, levels) ?? checkWorst(worstPrice);
}

const MOST_DEVIATION = 100_000;

/** A bound, not a price that is sent: it may lie between two steps. */
function checkWorst(worstPrice: number | null): Failure | null {
  if (worstPrice === null || (worstPrice > 0 && Number.isFinite(worstPrice))) return null;
  const figures = { field: 'worst price', value: plain(worstPrice) };
  return wrong('trade.number-invalid', 'The worst price is no price.', figures);
}
