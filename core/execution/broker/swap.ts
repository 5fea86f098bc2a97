/** Swap: what a position pays or earns for each rollover of the trading day that it is open at. */
import { assert } from '../../assert.ts';
import { findZone, type Zone } from '../../market/zone.ts';
import type { SwapSettings } from '../cost-settings.ts';
import { settle } from '../costs.ts';
import type { Broker, MarketState } from './state.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Rollovers {
  /** The first rollover after that instant, in milliseconds. */
  after(utcMs: number): number;
  /** Nights that the rollover counts: 0 at weekends, 3 on the triple day. */
  nights(rolloverMs: number): number;
}

export function rollovers(swap: SwapSettings): Rollovers {
  const found = findZone(swap.zone);
  assert(found.ok, 'the zone of the rollover is known');
  const zone = found.value;
  return {
    after(utcMs) {
      const wallMs = utcMs + zone.offsetMsAt(utcMs);
      const hourMs = swap.rolloverHour * HOUR_MS;
      let dayMs = Math.floor(wallMs / DAY_MS) * DAY_MS;
      // Summer time can bring a wall time back: the next day's is then the one after.
      for (;;) {
        const at = toUtc(zone, dayMs + hourMs);
        if (at > utcMs) return at;
        dayMs += DAY_MS;
      }
    },
    nights(rolloverMs) {
      const day = Math.floor((rolloverMs + zone.offsetMsAt(rolloverMs)) / DAY_MS);
      // Day 0 was a Thursday.
      const weekday = (((day + 4) % 7) + 7) % 7;
      if (weekday === 0 || weekday === 6) return 0;
      return weekday === swap.tripleWeekday ? 3 : 1;
    },
  };
}

/** UTC of a wall time; one that the clocks skip counts as if they had not been turned yet. */
function toUtc(zone: Zone, wallMs: number): number {
  const guess = wallMs - zone.offsetMsAt(wallMs);
  return wallMs - zone.offsetMsAt(guess);
}

export function hasSwap({ longPerLot, shortPerLot }: SwapSettings): boolean {
  return longPerLot !== 0 || shortPerLot !== 0;
}

/** Charges the market's open positions for every rollover up to `untilMs`. */
export function chargeSwap(
  broker: Broker,
  state: MarketState,
  calendar: Rollovers,
  untilMs: number,
): void {
  if (Number.isNaN(state.rolloverMs)) {
    state.rolloverMs = calendar.after(state.market.bars.timesMs[0]!);
  }
  let nights = 0;
  while (state.rolloverMs <= untilMs) {
    nights += calendar.nights(state.rolloverMs);
    state.rolloverMs = calendar.after(state.rolloverMs);
  }
  if (nights === 0) return;
  const { settings } = broker;
  for (const position of broker.positions) {
    if (position.market !== state.index) continue;
    const { longPerLot, shortPerLot } = settings.swap;
    const perLot = position.side === 1 ? longPerLot : shortPerLot;
    position.swap += settle(settings, (position.units / settings.contractSize) * perLot * nights);
  }
}
