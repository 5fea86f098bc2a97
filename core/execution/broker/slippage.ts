/** How far a market or stop order fills beyond its price; the same for a fill whenever it is asked. */
import type { Side } from '../order-desk.ts';
import type { RunSettings } from '../settings.ts';
import type { MarketState } from './state.ts';

/**
 * Price units ≥ 0. `id` is the order's or position's: a random draw depends on the seed, the bar
 * and the id alone, so that the order in which fills are reckoned does not matter. Where volume
 * is asked for and not known, or zero, the most is taken.
 */
export function slippage(
  { slippage: asked }: RunSettings,
  state: MarketState,
  fill: { readonly id: number; readonly units: number },
): number {
  const most = asked.points * state.point;
  switch (asked.kind) {
    case 'none':
      return 0;
    case 'fixed':
      return most;
    case 'random':
      return most * draw(asked.seed, state.index, state.bar, fill.id);
    case 'volume': {
      const volume = state.market.bars.volume?.[state.bar] ?? 0;
      return volume > 0 ? most * Math.min(1, fill.units / volume) : most;
    }
  }
}

/** The price after it has slipped; nothing sells below 0. */
export function slipped(price: number, side: Side, slip: number): number {
  return Math.max(0, price + side * slip);
}

/** The most that a fill can slip: what an entry is sized for. */
export function mostSlippage({ slippage: asked }: RunSettings, { point }: MarketState): number {
  return asked.kind === 'none' ? 0 : asked.points * point;
}

/** A number in [0, 1) from whole numbers: each is mixed in by the finaliser of MurmurHash3. */
export function draw(...keys: readonly number[]): number {
  let hash = 0;
  for (const key of keys) {
    hash = (hash + (key | 0) + 0x9e3779b9) | 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 2 ** 32;
}
