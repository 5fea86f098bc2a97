/** Orders of a rule text beyond market entries with one stop and one target, before any bar is read. */
import type { Constant } from './constant.ts';
import type { Operand } from './plan.ts';
import type { Program } from './program.ts';

/** How far from the fill something stands. */
export type ReachRule =
  /** Part of the close of the signal bar. */
  | { readonly kind: 'fraction'; readonly fraction: Constant }
  | { readonly kind: 'distance'; readonly distance: Operand }
  | { readonly kind: 'points' | 'pips'; readonly count: Constant }
  | { readonly kind: 'r'; readonly multiple: Constant };

export type EntryOrderRule =
  | { readonly kind: 'market' }
  | { readonly kind: 'limit' | 'stop'; readonly price: Operand; readonly bars: Constant }
  | {
      readonly kind: 'stopLimit';
      readonly price: Operand;
      readonly limit: Operand;
      readonly bars: Constant;
    };

export interface OrderRules {
  readonly oneCancelsOther: boolean;
  readonly targetR: Constant | null;
  readonly trailing: {
    readonly distance: ReachRule;
    readonly activation: ReachRule | null;
    readonly lock: ReachRule | null;
  } | null;
  readonly breakEven: { readonly activation: ReachRule; readonly lock: ReachRule | null } | null;
  readonly partials: readonly { readonly fraction: Constant; readonly at: ReachRule }[];
  readonly exitAfterBars: Constant | null;
  readonly maxPositions: Constant | null;
}

type Ordering = Pick<Program, 'entries' | 'orders' | 'size'>;

/** Whether the rules ask for more than market entries with one stop, one target and one size. */
export function needsPlan({ entries, orders, size }: Ordering): boolean {
  return (
    entries.some(({ order }) => order.kind !== 'market') ||
    orders.oneCancelsOther ||
    orders.partials.length > 0 ||
    size.kind === 'volatility' ||
    size.kind === 'kelly' ||
    [orders.targetR, orders.trailing, orders.breakEven].some((one) => one !== null) ||
    [orders.exitAfterBars, orders.maxPositions].some((one) => one !== null)
  );
}

/** Columns that the orders and the size are made from. */
export function orderColumns({ entries, orders, size }: Ordering): readonly number[] {
  const { trailing, breakEven, partials } = orders;
  const reaches = [
    ...[trailing?.distance, trailing?.activation, trailing?.lock],
    ...[breakEven?.activation, breakEven?.lock],
    ...partials.map((one) => one.at),
  ];
  const operands = [
    ...entries.flatMap(({ order }) => ('price' in order ? [order.price] : [])),
    ...entries.flatMap(({ order }) => ('limit' in order ? [order.limit] : [])),
    ...reaches.flatMap((reach) => (reach?.kind === 'distance' ? [reach.distance] : [])),
  ];
  const columns = operands.flatMap((one) => ('column' in one ? [one.column] : []));
  return size.kind === 'volatility' ? [...columns, size.column] : columns;
}
