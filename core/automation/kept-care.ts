/**
 * What becomes of a position that a bot opens, as it was asked for with the entry: plain JSON, kept
 * with the request, so that whoever goes on with the bot moves its stops as before.
 */
import type { PositionCare, Reach } from '../execution/order-desk.ts';
import { resolveCare } from '../execution/broker/care.ts';
import type { Care } from '../execution/broker/state.ts';
import type { RunSettings } from '../execution/settings.ts';
import type { Side } from '../execution/order-desk.ts';

type KeptReach =
  | { readonly kind: 'price'; /** Null = none. */ readonly distance: number | null }
  | { readonly kind: 'r'; readonly multiple: number };

export interface KeptCare {
  readonly trailing: {
    readonly distance: KeptReach;
    readonly activation: KeptReach | null;
    readonly lock: KeptReach | null;
  } | null;
  readonly breakEven: { readonly activation: KeptReach; readonly lock: KeptReach | null } | null;
  readonly partials: readonly { readonly fraction: number; readonly at: KeptReach }[];
}

/** Null where nothing is to be done but to wait for a stop, a target, or a rule. */
export function keptCare(care: PositionCare | undefined): KeptCare | null {
  const { trailing, breakEven, partials = [] } = care ?? {};
  if (!trailing && !breakEven && partials.length === 0) return null;
  return {
    trailing: trailing
      ? {
          distance: kept(trailing.distance),
          activation: trailing.activation ? kept(trailing.activation) : null,
          lock: trailing.lock ? kept(trailing.lock) : null,
        }
      : null,
    breakEven: breakEven
      ? {
          activation: kept(breakEven.activation),
          lock: breakEven.lock ? kept(breakEven.lock) : null,
        }
      : null,
    partials: partials.map(({ fraction, at }) => ({ fraction, at: kept(at) })),
  };
}

function kept(reach: Reach): KeptReach {
  if (reach.kind === 'r') return reach;
  return { kind: 'price', distance: Number.isFinite(reach.distance) ? reach.distance : null };
}

function reachOf(reach: KeptReach): Reach {
  return reach.kind === 'r' ? reach : { kind: 'price', distance: reach.distance ?? NaN };
}

export interface Entered {
  readonly side: Side;
  readonly price: number;
  readonly units: number;
  /** NaN = none. */
  readonly stop: number;
}

/** In prices and units of the position that came of it, by the code of the engine. */
export function careOf(
  { trailing, breakEven, partials }: KeptCare,
  settings: RunSettings,
  entered: Entered,
): Care {
  const care: PositionCare = {
    ...(trailing && {
      trailing: {
        distance: reachOf(trailing.distance),
        ...(trailing.activation && { activation: reachOf(trailing.activation) }),
        ...(trailing.lock && { lock: reachOf(trailing.lock) }),
      },
    }),
    ...(breakEven && {
      breakEven: {
        activation: reachOf(breakEven.activation),
        ...(breakEven.lock && { lock: reachOf(breakEven.lock) }),
      },
    }),
    partials: partials.map(({ fraction, at }) => ({ fraction, at: reachOf(at) })),
  };
  return resolveCare(settings, care, { ...entered, bar: 0 });
}
