/**
 * What a connector answers to a command.
 *
 * That something was done is evidence and believed in every state. That nothing was done is
 * believed only while nobody said otherwise: once an answer of the same attempt left it open, the
 * broker's records alone decide.
 */
import type { CommandResult } from './messages.ts';
import { finalStates, type Intent } from './intent.ts';
import {
  applyFill,
  applyWorking,
  changed,
  inFlightStates,
  inState,
  makesDeals,
  unchanged,
  unsentStates,
  type Change,
} from './order-evidence.ts';
import { classify, type RetcodeClass } from './retcodes.ts';

/** How soon, and how often in all, something that was certainly not executed is tried. */
export const retryRule = { waitMs: 500, attempts: 5 } as const;

export interface Answer {
  readonly attempt: number;
  readonly result: CommandResult;
}

export function applyResult(intent: Intent, { attempt, result }: Answer, nowMs: number): Change {
  if (attempt > intent.attempt) return { intent, alerts: ['contradiction'] };
  const meaning = meaningOf(result);
  if (meaning.kind === 'happened') return applyHappened(intent, result, attempt);
  if (attempt < intent.attempt) return unchanged(intent);
  const isDoubted = meaning.isContradiction;
  switch (meaning.kind) {
    case 'ambiguous':
      return applyAmbiguous(intent, result, { isDoubted, nowMs });
    case 'refused':
      return applyRefused(intent, result, nowMs);
    case 'retry':
    case 'permanent':
      return applyRejected(intent, result, { mayRetry: meaning.kind === 'retry', nowMs });
  }
}

interface Meaning {
  readonly kind: 'happened' | 'refused' | 'retry' | 'permanent' | 'ambiguous';
  /** Outcome and code cannot both be true. */
  readonly isContradiction: boolean;
}

/** The outcome is the connector's reading of the broker's code; where they disagree, doubt. */
function meaningOf({ outcome, retcode }: CommandResult): Meaning {
  const said = classify(retcode);
  const plain = (kind: Meaning['kind']): Meaning => ({ kind, isContradiction: false });
  const doubted: Meaning = { kind: 'ambiguous', isContradiction: true };
  if (outcome === 'unknown') return plain('ambiguous');
  if (outcome === 'refused') return retcode === 0 ? plain('refused') : doubted;
  const isNo = said === 'retry' || said === 'permanent';
  if (outcome !== 'rejected') return isNo ? doubted : plain('happened');
  if (said === 'already') return plain('happened');
  if (isNo) return plain(said);
  return said === 'ambiguous' ? plain('ambiguous') : doubted;
}

function applyHappened(intent: Intent, result: CommandResult, attempt: number): Change {
  const { body } = intent;
  const said = saidOf(result);
  if (!makesDeals(body)) return applyChangeDone(intent, said);
  const { order, position, volumeLots, price: averagePrice } = result;
  if (said === 'already') return applyAlready(intent, order);
  if (said === 'placed') return applyWorking(intent, order, attempt < intent.attempt);
  const filled = applyFill(intent, { filledLots: volumeLots, averagePrice, order, position });
  // Some brokers confirm without a volume: the deals will tell.
  if (!(volumeLots > 0)) return applyWorking(filled.intent, order, attempt < intent.attempt);
  const isClosedWhole =
    body.t !== 'place' && said === 'done' && !finalStates.has(filled.intent.state);
  return isClosedWhole
    ? { intent: inState(filled.intent, 'filled'), alerts: filled.alerts }
    : filled;
}

function saidOf({ outcome, retcode }: CommandResult): RetcodeClass {
  const said = classify(retcode);
  if (said === 'already' || said === 'placed' || said === 'partial') return said;
  return outcome === 'placed' || outcome === 'partial' ? outcome : 'done';
}

/** A change or a cancellation, which no deal will confirm. */
function applyChangeDone(intent: Intent, said: RetcodeClass): Change {
  const { body, state } = intent;
  if (said === 'placed' || said === 'partial') {
    if (!inFlightStates.has(state) && state !== 'unknown') return unchanged(intent);
    return unchanged(inState(intent, body.t === 'modify' ? 'modifying' : 'cancelling'));
  }
  return applyVerified(intent);
}

/** Things are as the intent wished them. */
export function applyVerified(intent: Intent): Change {
  const { state } = intent;
  if (state === 'done' || unsentStates.has(state)) return unchanged(intent);
  return {
    intent: inState(intent, 'done'),
    alerts: finalStates.has(state) ? ['late-evidence'] : [],
  };
}

/** Of a position that is closed already nothing is left to close; nothing is so before it opens. */
function applyAlready(intent: Intent, order: string | null): Change {
  if (finalStates.has(intent.state) || unsentStates.has(intent.state)) return unchanged(intent);
  if (intent.body.t === 'place') {
    if (!inFlightStates.has(intent.state)) return { intent, alerts: ['contradiction'] };
    return applyWorking(intent, order);
  }
  return unchanged(inState(intent, intent.filledLots > 0 ? 'filled' : 'done'));
}

function applyAmbiguous(
  intent: Intent,
  { retcode }: CommandResult,
  { isDoubted, nowMs }: { readonly isDoubted: boolean; readonly nowMs: number },
): Change {
  const alerts = isDoubted ? (['contradiction'] as const) : [];
  if (intent.state === 'unknown') {
    return { intent: changed(intent, { retcode: intent.retcode ?? retcode }), alerts: [] };
  }
  if (!inFlightStates.has(intent.state)) return unchanged(intent);
  return { intent: inState(intent, 'unknown', { retcode, unknownSinceMs: nowMs }), alerts };
}

/** Whether a plain no can still be believed. */
function isUndisputed({ state, retcode }: Intent): boolean {
  return inFlightStates.has(state) || (state === 'unknown' && retcode === null);
}

function disputed(intent: Intent): Change {
  const isOver = finalStates.has(intent.state) || unsentStates.has(intent.state);
  return { intent, alerts: isOver ? [] : ['contradiction'] };
}

/** A refusal comes before the broker is asked, so not after the connector said that it asks. */
function applyRefused(intent: Intent, result: CommandResult, nowMs: number): Change {
  if (!isUndisputed(intent)) return disputed(intent);
  const { state, journaledMs } = intent;
  if (state === 'executing') return applyAmbiguous(intent, result, { isDoubted: true, nowMs });
  if (state === 'unknown' && journaledMs !== null) return disputed(intent);
  return unchanged(inState(intent, 'refused', { reason: result.reason }));
}

function applyRejected(
  intent: Intent,
  { retcode, order }: CommandResult,
  { mayRetry, nowMs }: { readonly mayRetry: boolean; readonly nowMs: number },
): Change {
  if (!isUndisputed(intent)) return disputed(intent);
  const retryAtMs = nowMs + retryRule.waitMs;
  const isRetried =
    mayRetry && retryAtMs <= intent.expiresMs && intent.attempt < retryRule.attempts;
  return unchanged(
    isRetried
      ? inState(intent, 'retry-wait', { retcode, retryAtMs })
      : inState(intent, 'rejected', { retcode, order: intent.order ?? order }),
  );
}
