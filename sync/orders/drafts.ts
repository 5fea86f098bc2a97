/** An intent before it is one: what to do, for how long, and what it takes of the account. */
import { childId, magicOf } from '#core/broker/identity.ts';
import { noExposure, type Exposure, type Intent, type IntentBody } from '#core/broker/intent.ts';

export interface Draft {
  /** Its name within the request; null where it is all of it. */
  readonly part: string | null;
  readonly body: IntentBody;
  readonly state: 'created' | 'held' | 'refused';
  /** Why it was refused. */
  readonly reason?: string;
  readonly figures?: Readonly<Record<string, string | number>>;
  readonly reserved?: Exposure;
  /** The parts of the same request that it waits for, or that it cancels when it fills. */
  readonly afterPart?: string;
  readonly otherPart?: string;
}

/** How long a command is worth sending: a market moves on, a level does not. */
const marketMs = 5_000;
const otherMs = 30_000;

export function lifeMs(body: IntentBody): number {
  return body.t === 'place' && body.kind === 'market' ? marketMs : otherMs;
}

export interface DraftOrigin {
  readonly accountId: string;
  readonly requestId: string;
  readonly origin: Intent['origin'];
  readonly nowMs: number;
}

/** Never the request's own id, which its sender chose and which could name an intent that is there. */
export const intentIdOf = (requestId: string, part: string | null): string =>
  childId(requestId, part ?? 'whole');

export function intentOf(
  draft: Draft,
  { accountId, requestId, origin, nowMs }: DraftOrigin,
): Intent {
  const id = intentIdOf(requestId, draft.part);
  const named = (part: string | undefined) =>
    part === undefined ? null : intentIdOf(requestId, part);
  return {
    ...{ id, accountId, requestId, origin },
    body: draft.body,
    state: draft.state,
    attempt: 1,
    magic: magicOf(id, 1),
    earlierMagics: [],
    session: null,
    // What waits for another may wait as long as that one, and then has its own time.
    expiresMs: nowMs + (draft.state === 'held' ? otherMs : lifeMs(draft.body)),
    createdMs: nowMs,
    sentMs: null,
    journaledMs: null,
    unknownSinceMs: null,
    cleanScans: 0,
    lastScanMs: null,
    retryAtMs: null,
    filledLots: 0,
    averagePrice: null,
    order: null,
    position: null,
    retcode: null,
    reason: draft.reason ?? null,
    reserved: draft.reserved ?? noExposure,
    admitted: draft.reserved ?? noExposure,
    after: named(draft.afterPart),
    otherOf: named(draft.otherPart),
    updatedMs: nowMs,
  };
}
