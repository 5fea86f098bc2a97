/** What a strategy in code was shown at a bar, as a text that can be kept: JSON, null = no number. */
import { kinds } from './layout.ts';
import type { Shown, ShownOrder } from './desk-bridge.ts';

type Kept = number | null;

interface KeptView {
  /** Cash, equity, used margin. */
  readonly m: readonly Kept[];
  /** A row a position: id, side, units, entry bar, entry price, stop, target. */
  readonly p: readonly (readonly Kept[])[];
  /** A row an order: handle, side, kind, units, price, limit. */
  readonly o: readonly (readonly Kept[])[];
}

export function keptView({ cash, equity, usedMargin, positions, orders }: Shown): string {
  const view: KeptView = {
    m: [cash, equity, usedMargin].map(kept),
    p: positions.map(({ id, side, units, entryBar, entryPrice, stop, target }) =>
      [id, side, units, entryBar, entryPrice, stop, target].map(kept),
    ),
    o: orders.map(({ handle, side, kind, units, price, limit }) =>
      [handle, side, kinds.indexOf(kind), units, price, limit].map(kept),
    ),
  };
  return JSON.stringify(view);
}

/** `view` is one that was kept. */
export function shownAgain(view: string): Shown {
  const { m, p, o } = JSON.parse(view) as KeptView;
  const [cash = NaN, equity = NaN, usedMargin = NaN] = m.map(told);
  return {
    ...{ cash, equity, usedMargin },
    positions: p.map((row) => {
      const [
        id = NaN,
        side,
        units = NaN,
        entryBar = NaN,
        entryPrice = NaN,
        stop = NaN,
        target = NaN,
      ] = row.map(told);
      return { id, side: sideOf(side), units, entryBar, entryPrice, stop, target };
    }),
    orders: o.map((row): ShownOrder => {
      const [handle = NaN, side, kind = 0, units = NaN, price = NaN, limit = NaN] = row.map(told);
      return { handle, side: sideOf(side), kind: kinds[kind] ?? 'market', units, price, limit };
    }),
  };
}

const kept = (value: number): Kept => (Number.isFinite(value) ? value : null);
const told = (value: Kept): number => value ?? NaN;
const sideOf = (side: number | undefined): 1 | -1 => (side === -1 ? -1 : 1);
