/**
 * The whole life of an intent: what each event makes of it, in whatever order events come.
 *
 * ```
 * held → created → claimed → sent → acked → executing → accepted → working
 * executing, working → partial → filled | partial-canceled
 * created → expired                    its time is over and nothing was sent
 * claimed, sent, acked → refused       by the connector, which asked no broker
 * executing → rejected | retry-wait → created (next attempt, new magic number) | unknown
 * working → canceled | expired         as the broker's history says
 * unknown → filled | working | rejected …  evidence found; expired where it never arrived
 * unknown → not-executed               nothing found, often and long enough (`Quarantine`)
 * unknown → manual                     the connector forgot what it had: a person decides
 * ```
 * Where a link is lost, whatever was claimed for it is `unknown`: it may have arrived. From there
 * no event leads to another attempt, save the broker's certain no to the one that was lost. Volume
 * that was filled never gets less. What is over changes by evidence alone, and with an alert.
 */
import { magicOf } from './identity.ts';
import { finalStates, type Intent, type OrderState } from './intent.ts';
import type { Fate } from './messages.ts';
import { applyResult, applyVerified } from './order-answer.ts';
import {
  usualQuarantine,
  type OrderAlert,
  type OrderEvent,
  type Quarantine,
  type Resolution,
} from './order-event.ts';
import {
  applyEnded,
  applyFill,
  applyFound,
  changed,
  inFlightStates,
  inState,
  makesDeals,
  unchanged,
  unsentStates,
  type Change,
} from './order-evidence.ts';

export type { OrderAlert, OrderEvent, Quarantine, Resolution };

export interface Advanced {
  /** The very same object where the event changed nothing. */
  readonly intent: Intent;
  readonly alerts: readonly OrderAlert[];
}

/** The intent after the event. */
export function advance(
  intent: Intent,
  event: OrderEvent,
  nowMs: number,
  quarantine: Quarantine = usualQuarantine,
): Advanced {
  const { intent: next, alerts } = apply(intent, event, { nowMs, quarantine });
  return { intent: next === intent ? intent : { ...next, updatedMs: nowMs }, alerts };
}

interface At {
  readonly nowMs: number;
  readonly quarantine: Quarantine;
}

function apply(intent: Intent, event: OrderEvent, at: At): Change {
  const { nowMs } = at;
  switch (event.t) {
    case 'claim':
      return unchanged(claimed(intent, event.session, nowMs));
    case 'sent':
      return moved(intent, ['claimed'], 'sent', { sentMs: nowMs });
    case 'ack':
      return journaled(intent, event.attempt, { state: 'acked', nowMs });
    case 'executing':
      return journaled(intent, event.attempt, { state: 'executing', nowMs });
    case 'result':
      return applyResult(intent, event, nowMs);
    case 'link-lost':
      return moved(intent, answerableStates, 'unknown', { unknownSinceMs: nowMs });
    case 'fate':
      return applyFate(intent, event, nowMs);
    case 'fill':
      return applyFill(intent, event);
    case 'ended':
      return applyEnded(intent, event);
    case 'verified':
      return makesDeals(intent.body) && intent.body.t !== 'close-by'
        ? unchanged(intent)
        : verified(intent);
    case 'clean-scan':
      return unchanged(scanned(intent, event, at));
    case 'expire':
      return unchanged(expired(intent, nowMs));
    case 'retry':
      return unchanged(retried(intent, nowMs));
    case 'release':
      return moved(intent, ['held'], 'created', { expiresMs: event.expiresMs ?? intent.expiresMs });
    case 'drop':
      return moved(intent, [...unsentStates], 'canceled');
    case 'resolve':
      return unchanged(resolved(intent, event.as));
  }
}

/** Those whose end the connector of the session was to tell. */
const answerableStates: readonly OrderState[] = [...inFlightStates, 'modifying', 'cancelling'];

function moved(
  intent: Intent,
  from: readonly OrderState[],
  to: OrderState,
  more: Partial<Intent> = {},
): Change {
  return unchanged(from.includes(intent.state) ? inState(intent, to, more) : intent);
}

function claimed(intent: Intent, session: string, nowMs: number): Intent {
  if (intent.state !== 'created') return intent;
  return nowMs > intent.expiresMs
    ? inState(intent, 'expired')
    : inState(intent, 'claimed', { session });
}

function journaled(
  intent: Intent,
  attempt: number,
  { state, nowMs }: { readonly state: 'acked' | 'executing'; readonly nowMs: number },
): Change {
  if (attempt !== intent.attempt || unsentStates.has(intent.state)) return unchanged(intent);
  if (finalStates.has(intent.state)) return unchanged(intent);
  const journaledMs = intent.journaledMs ?? nowMs;
  const before: readonly OrderState[] =
    state === 'acked' ? ['claimed', 'sent'] : ['claimed', 'sent', 'acked'];
  return unchanged(
    before.includes(intent.state)
      ? inState(intent, state, { journaledMs })
      : changed(intent, { journaledMs }),
  );
}

/** Wishes that come true late are no news: somebody else may have set the same levels. */
function verified(intent: Intent): Change {
  return finalStates.has(intent.state) ? unchanged(intent) : applyVerified(intent);
}

function applyFate(
  intent: Intent,
  { fate, isWhole }: { readonly fate: Fate; readonly isWhole: boolean },
  nowMs: number,
): Change {
  if (fate.found !== null) return applyFound(intent, fate);
  if (fate.attempt !== intent.attempt) return unchanged(intent);
  if (fate.journal === 'never-seen') return isWhole ? neverSeen(intent) : unchanged(intent);
  const { attempt, result } = fate;
  const known = journaled(intent, attempt, { state: 'acked', nowMs }).intent;
  return result === null ? unchanged(known) : applyResult(known, { attempt, result }, nowMs);
}

/**
 * What never arrived cannot be executed any more: a connector takes nothing of an older session.
 * But one that said it has it, and now knows nothing of it, has lost its memory.
 */
function neverSeen(intent: Intent): Change {
  if (intent.state !== 'unknown') return unchanged(intent);
  const isForgotten = intent.journaledMs !== null || intent.retcode !== null;
  return isForgotten
    ? { intent: inState(intent, 'manual', { reason: 'journal-lost' }), alerts: ['journal-lost'] }
    : unchanged(inState(intent, 'expired', { reason: 'never-seen' }));
}

/** Accepted, and then nothing to be seen of it. */
const doubtfulStates: ReadonlySet<OrderState> = new Set(['accepted', 'modifying', 'cancelling']);

function scanned(
  intent: Intent,
  { isConnected, isWhole, tookMs }: Extract<OrderEvent, { t: 'clean-scan' }>,
  { nowMs, quarantine }: At,
): Intent {
  const { state, lastScanMs, expiresMs, unknownSinceMs } = intent;
  const isClean = isConnected && isWhole;
  // An answer may have been long on its way, and what it did not see may be there by now.
  const seenMs = nowMs - tookMs;
  if (state !== 'unknown' && !(isClean && doubtfulStates.has(state))) return intent;
  if (!isClean) return changed(intent, { cleanScans: 0, lastScanMs: null });
  if (state !== 'unknown') {
    return inState(intent, 'unknown', { unknownSinceMs: nowMs, cleanScans: 1, lastScanMs: seenMs });
  }
  if (unknownSinceMs !== null && seenMs < unknownSinceMs) return intent;
  // Spaced, so that so many of them last as long as they must: a burst of looks is one.
  const gapMs = quarantine.scans > 1 ? quarantine.ms / (quarantine.scans - 1) : 0;
  if (lastScanMs !== null && seenMs - lastScanMs < gapMs) return intent;
  const cleanScans = intent.cleanScans + 1;
  if (cleanScans < quarantine.scans || seenMs <= expiresMs) {
    return changed(intent, { cleanScans, lastScanMs: seenMs });
  }
  return nothingMore(intent);
}

/** Nothing came of it, or nothing beyond what was filled. */
function nothingMore(intent: Intent): Intent {
  return inState(intent, intent.filledLots > 0 ? 'partial-canceled' : 'not-executed');
}

function expired(intent: Intent, nowMs: number): Intent {
  if (!unsentStates.has(intent.state) || nowMs <= intent.expiresMs) return intent;
  // Of what waits for another attempt the broker's last word was a no.
  return inState(intent, intent.state === 'retry-wait' ? 'rejected' : 'expired');
}

function retried(intent: Intent, nowMs: number): Intent {
  const { id, state, retryAtMs, expiresMs, attempt, magic, earlierMagics } = intent;
  if (state !== 'retry-wait' || nowMs < (retryAtMs ?? 0) || nowMs > expiresMs) return intent;
  return inState(intent, 'created', {
    attempt: attempt + 1,
    magic: magicOf(id, attempt + 1),
    earlierMagics: [...earlierMagics, magic],
    ...{ session: null, sentMs: null, journaledMs: null, retcode: null, order: null },
  });
}

function resolved(intent: Intent, as: Resolution): Intent {
  if (intent.state !== 'manual') return intent;
  if (as === 'not-executed') return nothingMore(intent);
  const { body } = intent;
  if (!makesDeals(body)) return inState(intent, 'done');
  const filledLots = 'volumeLots' in body ? body.volumeLots : intent.filledLots;
  return inState(intent, 'filled', { filledLots });
}
