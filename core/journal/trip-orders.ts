/** What a list of round trips can be in the order of: one line each; a column of the same name sorts by it. */
import { costsOf, heldMs, plannedRatio, planOf } from './trip-figures.ts';
import type { ReportedTrip } from './trip-units.ts';

type Told = (trip: ReportedTrip) => number | string | null;

/** Null where it is missing. */
export const tripOrders = {
  symbol: ({ symbol }) => symbol,
  net: ({ net }) => net,
  r: ({ r }) => r,
  closedMs: ({ closedMs }) => closedMs,
  openedMs: ({ openedMs }) => openedMs,
  side: ({ side }) => side,
  volumeLots: ({ volumeLots }) => volumeLots,
  rating: ({ rating }) => rating,
  held: heldMs,
  entry: ({ entryPrice }) => entryPrice,
  exit: ({ exitPrice }) => exitPrice,
  account: ({ account }) => account,
  tags: ({ tags }) => tags.join(', ') || null,
  mistakes: ({ mistakes }) => mistakes.join(', ') || null,
  sl: (trip) => planOf(trip).sl,
  tp: (trip) => planOf(trip).tp,
  plannedRatio: (trip) => plannedRatio(trip, planOf(trip)),
  costs: costsOf,
} as const satisfies Readonly<Record<string, Told>>;

export type TripOrder = keyof typeof tripOrders;
export const isTripOrder = (name: string): name is TripOrder => Object.hasOwn(tripOrders, name);
