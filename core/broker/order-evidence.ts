/**
 * What the broker's own records say of an intent: deals, orders and their history.
 *
 * It is believed in every state, also after the end: what was filled was filled. It only ever adds;
 * that less is seen than before proves nothing.
 */
import type { Fate } from './messages.ts';
import {
  finalStates,
  noExposure,
  type Intent,
  type IntentBody,
  type OrderState,
} from './intent.ts';
import type { EndedEvent, FillEvent, OrderAlert } from './order-event.ts';

export interface Change {
  readonly intent: Intent;
  readonly alerts: readonly OrderAlert[];
}

export const unchanged = (intent: Intent): Change => ({ intent, alerts: [] });

/** States in which no connector was handed the present attempt. */
export const unsentStates: ReadonlySet<OrderState> = new Set(['held', 'created', 'retry-wait']);

/** States in which a connector may be about to execute it. */
export const inFlightStates: ReadonlySet<OrderState> = new Set([
  'claimed',
  'sent',
  'acked',
  'executing',
]);

/** Ends in which nothing was known of an order at the broker: one may turn up yet. */
const presumedEnds: ReadonlySet<OrderState> = new Set(['refused', 'rejected', 'not-executed']);

/** Far below any broker's volume step, far above the dust of adding volumes up. */
const LOT_DUST = 1e-9;

/** Infinite where the body names none: then any fill is all of it. */
const volumeOf = (body: IntentBody): number =>
  body.t === 'place' || body.t === 'close' ? body.volumeLots : Infinity;

export const makesDeals = ({ t }: IntentBody): boolean => t !== 'modify' && t !== 'cancel';

/** The intent in this state, without what belonged to the state before. */
export function inState(intent: Intent, state: OrderState, more: Partial<Intent> = {}): Intent {
  const clean = { unknownSinceMs: null, cleanScans: 0, lastScanMs: null, retryAtMs: null };
  const reserved = finalStates.has(state) ? noExposure : atStake(intent);
  return changed(intent, { ...clean, state, reserved, ...more });
}

/** What is kept free for it, or must be again once it is open again. */
const atStake = ({ state, reserved, admitted }: Intent) =>
  finalStates.has(state) ? admitted : reserved;

/** The same object where nothing is different, so that a caller sees that nothing happened. */
export function changed(intent: Intent, more: Partial<Intent>): Intent {
  const names = Object.keys(more) as (keyof Intent)[];
  return names.every((name) => more[name] === intent[name]) ? intent : { ...intent, ...more };
}

export function applyFill(intent: Intent, fill: Omit<FillEvent, 't'>): Change {
  const lots = fill.filledLots > 0 ? fill.filledLots : 0;
  if (!makesDeals(intent.body)) {
    return { intent, alerts: lots > 0 ? ['contradiction'] : [] };
  }
  const names = {
    order: intent.order ?? fill.order,
    position: intent.position ?? fill.position,
  };
  if (lots === 0) {
    return unchanged(finalStates.has(intent.state) ? intent : changed(intent, names));
  }
  const volume = volumeOf(intent.body);
  const isWhole = lots >= volume - LOT_DUST || volume === Infinity;
  const filledLots = Math.max(intent.filledLots, isWhole && volume !== Infinity ? volume : lots);
  const warning = warningOf(intent, { ...fill, filledLots: lots }, volume);
  const isNewer = lots >= intent.filledLots - LOT_DUST;
  const price = fill.averagePrice !== null && fill.averagePrice > 0 ? fill.averagePrice : null;
  const facts = {
    ...names,
    filledLots,
    averagePrice: isNewer ? (price ?? intent.averagePrice) : intent.averagePrice,
    ...(warning ? { reason: warning } : {}),
  };
  const state = stateAfterFill(intent, isWhole || filledLots >= volume - LOT_DUST);
  const isLate =
    (finalStates.has(intent.state) || unsentStates.has(intent.state)) &&
    (state !== intent.state || filledLots > intent.filledLots);
  const reserved = finalStates.has(state) ? noExposure : reservedAfter(intent, filledLots, volume);
  const next =
    state === intent.state
      ? changed(intent, { ...facts, reserved })
      : inState(intent, state, { ...facts, reserved });
  return { intent: next, alerts: [...(isLate ? lateAlert : []), ...(warning ? [warning] : [])] };
}

const lateAlert: readonly OrderAlert[] = ['late-evidence'];

function stateAfterFill({ state }: Intent, isWhole: boolean): OrderState {
  if (state === 'filled' || isWhole) return 'filled';
  if (!finalStates.has(state) || presumedEnds.has(state)) return 'partial';
  return 'partial-canceled';
}

/** Told once: the reason stays with the intent. */
function warningOf(intent: Intent, fill: Omit<FillEvent, 't'>, volume: number): OrderAlert | null {
  const { order, reason } = intent;
  const isSecond = order !== null && fill.order !== null && fill.order !== order;
  if (isSecond) return reason === 'second-order' ? null : 'second-order';
  if (fill.filledLots <= volume + LOT_DUST) return null;
  return reason === 'overfilled' || reason === 'second-order' ? null : 'overfilled';
}

/** Of what was kept free, the part for the volume that may still be filled. */
function reservedAfter(intent: Intent, filled: number, volume: number) {
  const [reserved, { filledLots }] = [atStake(intent), intent];
  if (filled === filledLots || !(volume > filledLots)) return reserved;
  const share = (volume - filled) / (volume - filledLots);
  return { margin: reserved.margin * share, risk: reserved.risk * share, positions: 0 };
}

/** That an order is over says nothing new of an intent that is over itself, unless it was filled. */
export function applyEnded(intent: Intent, ended: Omit<EndedEvent, 't'>): Change {
  const { body, state } = intent;
  const order = ended.order ?? null;
  const isOther = order !== null && intent.order !== null && order !== intent.order;
  if (isOther || unsentStates.has(state)) return unchanged(intent);
  if (ended.state === 'filled') return endFilled(intent, order);
  if (finalStates.has(state)) return unchanged(intent);
  const next = !makesDeals(body)
    ? 'rejected'
    : intent.filledLots > 0
      ? 'partial-canceled'
      : ended.state;
  return unchanged(inState(intent, next, { order: intent.order ?? order }));
}

/** An order to open that is filled is so whole; one to close may have found less than it asked. */
function endFilled(intent: Intent, order: string | null): Change {
  if (!makesDeals(intent.body)) return unchanged(intent);
  if (intent.body.t === 'place') {
    const { averagePrice, position, body } = intent;
    return applyFill(intent, { filledLots: body.volumeLots, averagePrice, order, position });
  }
  if (intent.state === 'filled') return unchanged(intent);
  const isLate = finalStates.has(intent.state);
  const next = inState(intent, 'filled', { order: intent.order ?? order });
  return { intent: next, alerts: isLate ? lateAlert : [] };
}

/** What was found at the broker under the intent's magic number or comment. */
export function applyFound(intent: Intent, fate: Fate): Change {
  const { found } = fate;
  if (found === null || !makesDeals(intent.body)) return unchanged(intent);
  const isEarlier = fate.attempt < intent.attempt;
  const filled = applyFill(intent, found);
  const alerts = [...filled.alerts];
  if (isEarlier && found.filledLots > 0 && alerts.length === 0 && filled.intent !== intent) {
    alerts.push('late-evidence');
  }
  const after = stateFound(filled.intent, fate, isEarlier);
  return { intent: after.intent, alerts: [...new Set([...alerts, ...after.alerts])] };
}

function stateFound(intent: Intent, { found }: Fate, isEarlier: boolean): Change {
  if (found === null) return unchanged(intent);
  const { order, state } = found;
  if (state === 'working' || state === 'partial') return applyWorking(intent, order, isEarlier);
  if (state === 'filled') return endFilled(intent, order);
  // How an earlier attempt ended says nothing of this one.
  return isEarlier ? unchanged(intent) : applyEnded(intent, { state, order });
}

/** An order of it lies at the broker. */
export function applyWorking(intent: Intent, order: string | null, isEarlier = false): Change {
  const { body, state } = intent;
  if (isEarlier && inFlightStates.has(state)) {
    if (intent.reason === 'second-order') return unchanged(intent);
    return { intent: changed(intent, { reason: 'second-order' }), alerts: ['second-order'] };
  }
  const isPending = body.t === 'place' && body.kind !== 'market';
  const next = intent.filledLots > 0 ? 'partial' : isPending ? 'working' : 'accepted';
  const names = { order: intent.order ?? order };
  if (finalStates.has(state)) {
    const isKnownOver = intent.order !== null && state !== 'rejected';
    const mayReopen = presumedEnds.has(state) || state === 'expired' || state === 'canceled';
    if (isKnownOver || !mayReopen) return unchanged(intent);
    return { intent: inState(intent, next, { order }), alerts: lateAlert };
  }
  if (state === next || state === 'partial' || state === 'working') {
    return unchanged(changed(intent, names));
  }
  return {
    intent: inState(intent, next, names),
    alerts: unsentStates.has(state) ? lateAlert : [],
  };
}
