/**
 * Brings a request to the server until it is answered, so that it is done at most once.
 *
 * Where the answer is lost, the same id goes again, which does nothing if it had arrived. An order
 * must not be done long after it was meant: once its time is over it is no longer sent, but
 * settled. Then the server tells what became of it, and takes it no more if it never came.
 */
import type { RequestView } from '#core/broker/views.ts';
import type { Answer, CallFailure } from '../account/api.ts';
import type { PendingRequest, RequestShelf } from './pending-requests.ts';

export interface DeliveryParts {
  readonly shelf: RequestShelf;
  send(pending: PendingRequest): Promise<Answer<RequestView>>;
  /** The same once more, asking the trader nothing. */
  repeat(pending: PendingRequest): Promise<Answer<RequestView>>;
  /** What became of it; null where it had never come, and is taken no more. */
  settle(pending: PendingRequest): Promise<Answer<RequestView | null>>;
  nowMs(): number;
  /** Resolves after so long, or earlier when there is a reason to try. */
  pause(ms: number): Promise<void>;
  /** After each try without an answer. */
  onUnanswered(pending: PendingRequest, failure: CallFailure): void;
}

export type Delivery =
  | { readonly state: 'taken'; readonly view: RequestView }
  | { readonly state: 'refused'; readonly failure: CallFailure }
  /** It had not arrived in its time, and is not done. */
  | { readonly state: 'lapsed' }
  /** The browser keeps nothing: it was not sent. */
  | { readonly state: 'unkept' };

/** For so long after it was asked may a request begin to be done. */
export const freshMs = { open: 5_000, change: 30_000, close: 30_000 } as const;
const longestPauseMs = 15_000;

/** Keeps a new request and delivers it. */
export async function deliver(parts: DeliveryParts, pending: PendingRequest): Promise<Delivery> {
  if (!parts.shelf.keep(pending)) return { state: 'unkept' };
  const first = await parts.send(pending);
  if (first.ok || !isSilence(first.error)) return finish(parts, pending, first);
  parts.onUnanswered(pending, first.error);
  return resume(parts, pending);
}

/** Goes on with one that was sent before, perhaps by a page that is gone. */
export async function resume(parts: DeliveryParts, pending: PendingRequest): Promise<Delivery> {
  for (let tries = 1; ; tries++) {
    const ageMs = parts.nowMs() - pending.keptMs;
    const isFresh = ageMs >= 0 && ageMs < freshMs[pending.call];
    const answer = await (isFresh ? parts.repeat(pending) : parts.settle(pending));
    if (answer.ok || isRuling(answer.error)) return finish(parts, pending, answer);
    parts.onUnanswered(pending, answer.error);
    await parts.pause(Math.min(longestPauseMs, 500 * 2 ** tries));
  }
}

function finish(
  { shelf }: DeliveryParts,
  { request }: PendingRequest,
  answer: Answer<RequestView | null>,
): Delivery {
  shelf.drop(request.id);
  if (!answer.ok) return { state: 'refused', failure: answer.error };
  return answer.value ? { state: 'taken', view: answer.value } : { state: 'lapsed' };
}

/** Nobody knows whether it arrived, or what came of it. */
function isSilence({ code }: CallFailure): boolean {
  return code === 'server.unavailable' || code === 'server.failed';
}

/**
 * Said by what decides on orders: nothing was done. Of a request sent before, other refusals tell
 * nothing; the door may be shut now and have been open then.
 */
function isRuling({ code }: CallFailure): boolean {
  return /^(trade|risk)\./.test(code) || code === 'account.not-found';
}
