/** Lines of a chart for what lies at a broker, or would: positions, orders, their stops and targets. */
import type { OrderKind, Side } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { BookView, OrderView, PositionView, TrailView } from '#core/broker/views.ts';
import { pipSize } from '#core/risk/grid.ts';

export type LevelPart = 'sl' | 'tp';
/** `open` is where a position was opened, `trail` where its trailing stop begins to follow. */
export type LinePart = 'open' | 'entry' | 'limit' | 'trail' | LevelPart;

export interface TradeLine {
  readonly id: string;
  /** What it is a part of: `position 17`, `order 5`, `draft`; one is changed at a time. */
  readonly owner: string;
  readonly part: LinePart;
  readonly price: number;
  readonly side: Side;
  readonly kind: OrderKind;
  readonly volumeLots: number | null;
  /** Where the position opened, or would: its levels are counted from here. */
  readonly from: number;
  readonly isMovable: boolean;
  /** A stop that follows the price by itself. */
  readonly isTrailing: boolean;
  /** Levels that it does not have yet and that can be pulled out of it. */
  readonly pulls: readonly LevelPart[];
}

export const lineId = (owner: string, part: LinePart): string => `${owner} ${part}`;

type Parts = Pick<TradeLine, 'owner' | 'side' | 'kind' | 'volumeLots' | 'from'>;
export interface Levels {
  readonly sl: number | null;
  readonly tp: number | null;
}

function levelLines(parts: Parts, { sl, tp }: Levels, isTrailing: boolean): TradeLine[] {
  const levels = [
    ['sl', sl],
    ['tp', tp],
  ] as const;
  return levels.flatMap(([part, price]) =>
    price === null
      ? []
      : [
          {
            ...{ ...parts, id: lineId(parts.owner, part), part, price, pulls: [] },
            ...{ isMovable: true, isTrailing: isTrailing && part === 'sl' },
          },
        ],
  );
}

export const missingLevels = ({ sl, tp }: Levels): readonly LevelPart[] => [
  ...(sl === null ? (['sl'] as const) : []),
  ...(tp === null ? (['tp'] as const) : []),
];

function positionLines(
  position: PositionView,
  trail: TrailView | undefined,
  instrument: Instrument | undefined,
): readonly TradeLine[] {
  const { side, volumeLots, openPrice: from } = position;
  const owner = `position ${position.position}`;
  const parts = { owner, side, kind: 'market', volumeLots, from } as const;
  const open: TradeLine = {
    ...{ ...parts, id: lineId(owner, 'open'), part: 'open', price: from },
    ...{ isMovable: false, isTrailing: false, pulls: missingLevels(position) },
  };
  const beginsAt = trail && instrument ? trailBegin(position, trail, instrument) : null;
  const begin: TradeLine[] =
    beginsAt === null
      ? []
      : [
          {
            ...{ ...parts, id: lineId(owner, 'trail'), part: 'trail', price: beginsAt },
            ...{ isMovable: true, isTrailing: false, pulls: [] },
          },
        ];
  return [open, ...levelLines(parts, position, trail !== undefined), ...begin];
}

/** The price at which a trailing stop begins to follow; null once it does. */
function trailBegin(
  { side, openPrice }: PositionView,
  { trail, bestPrice }: TrailView,
  instrument: Instrument,
): number | null {
  const direction = side === 'buy' ? 1 : -1;
  const way = trail.activationPips * pipSize(instrument);
  const hasBegun = bestPrice !== null && (bestPrice - openPrice) * direction >= way;
  return hasBegun ? null : openPrice + direction * way;
}

function orderLines(order: OrderView): readonly TradeLine[] {
  const { side, kind, volumeLots, price, limitPrice } = order;
  const owner = `order ${order.order}`;
  const parts = { owner, side, kind, volumeLots, from: limitPrice ?? price };
  const own = { ...parts, isMovable: true, isTrailing: false } as const;
  const limit: TradeLine[] =
    limitPrice === null
      ? []
      : [{ ...own, id: lineId(owner, 'limit'), part: 'limit', price: limitPrice, pulls: [] }];
  const entry: TradeLine = {
    ...{ ...own, id: lineId(owner, 'entry'), part: 'entry', price, pulls: missingLevels(order) },
  };
  return [entry, ...limit, ...levelLines(parts, order, false)];
}

/** What an order form would send, where it would be filled. */
export interface DraftFacts extends Levels {
  readonly side: Side;
  readonly kind: OrderKind;
  readonly volumeLots: number | null;
  /** Null while no price is known. */
  readonly entry: number | null;
  /** Of a stop-limit order: what sets its limit off. */
  readonly stopPrice: number | null;
}

export function draftLines(draft: DraftFacts): readonly TradeLine[] {
  const { side, kind, volumeLots, entry, stopPrice } = draft;
  if (entry === null) return [];
  const parts = { owner: 'draft', side, kind, volumeLots, from: entry } as const;
  const own = { ...parts, isTrailing: false } as const;
  const isPair = kind === 'stop-limit' && stopPrice !== null;
  const first: TradeLine = {
    ...{ ...own, id: 'draft entry', part: 'entry', price: isPair ? stopPrice : entry },
    ...{ isMovable: true, pulls: missingLevels(draft) },
  };
  const limit: TradeLine[] = isPair
    ? [{ ...own, id: 'draft limit', part: 'limit', price: entry, isMovable: true, pulls: [] }]
    : [];
  return [first, ...limit, ...levelLines(parts, draft, false)];
}

/** Everything of a symbol that lies at the broker. */
export function bookLines(
  book: Pick<BookView, 'positions' | 'orders' | 'trails'>,
  symbol: string,
  instrument: Instrument | undefined,
): readonly TradeLine[] {
  const positions = book.positions.filter((each) => each.symbol === symbol);
  const orders = book.orders.filter((each) => each.symbol === symbol);
  return [
    ...positions.flatMap((each) => {
      const trail = book.trails.find(({ position }) => position === each.position);
      return positionLines(each, trail, instrument);
    }),
    ...orders.flatMap(orderLines),
  ];
}

/** A level that is being pulled out of its line, where it begins. */
export function pulledLine(of: TradeLine, part: LevelPart): TradeLine {
  return { ...of, id: lineId(of.owner, part), part, isMovable: true, isTrailing: false, pulls: [] };
}
