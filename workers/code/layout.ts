/** The doubles that host and machine both see: what is known at a bar, and what is asked for. */

export const MOST_POSITIONS = 256;
export const MOST_ORDERS = 256;
/** In one bar. */
export const MOST_COMMANDS = 256;
/** Bars that a strategy can look back on: a power of two. */
export const HISTORY_BARS = 16_384;

/** Index of each value; the lists begin at `positions`, `orders` and `commands`. */
export const head = {
  bar: 0,
  cash: 1,
  equity: 2,
  usedMargin: 3,
  positions: 4,
  orders: 5,
  commands: 6,
} as const;

const HEAD = 8;
/** id, side, units, entry bar, entry price, stop, target */
export const POSITION = 7;
/** handle, side, kind, units, price, limit */
export const ORDER = 6;
/** op, then what it needs: see `ops` */
export const COMMAND = 12;

export const positionsAt = HEAD;
export const ordersAt = positionsAt + MOST_POSITIONS * POSITION;
export const commandsAt = ordersAt + MOST_ORDERS * ORDER;
export const sharedDoubles = commandsAt + MOST_COMMANDS * COMMAND;

export const ops = {
  /** handle, side, kind, size kind, size, price, limit, stop, target, expiry, group */
  place: 1,
  /** position, units (NaN = all) */
  exit: 2,
  /** position, stop, target; Infinity leaves one as it is, NaN takes it away */
  move: 3,
  /** handle */
  cancel: 4,
} as const;

export const kinds = ['market', 'limit', 'stop', 'stopLimit'] as const;
export const sizeKinds = ['units', 'lots', 'risk', 'equity'] as const;

/** Columns that every strategy has, in the order of their ids; indicators follow. */
export const barColumns = ['open', 'high', 'low', 'close', 'volume', 'openMs'] as const;
