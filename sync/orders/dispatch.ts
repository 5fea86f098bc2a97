/** Sends what was asked for: claimed durably for this session before, and never a second time. */
import { commentOf } from '#core/broker/identity.ts';
import { finalStates, type Intent } from '#core/broker/intent.ts';
import type { Command } from '#core/broker/messages.ts';
import { isExpired } from './expiry.ts';
import type { OrderTx } from './order-store.ts';
import { step } from './step.ts';

/** The connector's clock, as it was heard. */
export interface HeardBeat {
  readonly monotonicMs: number;
  readonly heardMs: number;
  readonly isConnected: boolean;
}

export interface Dispatching {
  readonly session: string;
  /** Null: it was not heard in this session, so nothing is sent. */
  readonly beat: HeardBeat | null;
  readonly nowMs: number;
}

export interface Dispatched {
  /** To be sent once the transaction is committed, in this order. */
  readonly commands: readonly Command[];
  /** When there is something to do again; null = not before somebody asks. */
  readonly nextMs: number | null;
}

/** Commands that may be under way at once, for one account. */
export const mostInFlight = 64;
/** A connector speaks every 5 s; one that has been silent for longer may be gone. */
const mostSilenceMs = 20_000;

export const inFlightStates: ReadonlySet<Intent['state']> = new Set([
  'claimed',
  'sent',
  'acked',
  'executing',
]);

export async function dispatch(tx: OrderTx, at: Dispatching): Promise<Dispatched> {
  const { nowMs, session } = at;
  const commands: Command[] = [];
  const nextMs: number[] = [];
  const open = await tx.openIntents();
  let inFlight = open.filter(({ state }) => inFlightStates.has(state)).length;
  const beat = usableBeat(at);
  for (const { id } of open) {
    // What came before may have ended it.
    let [intent] = await tx.intents([id]);
    if (!intent || finalStates.has(intent.state)) continue;
    if (isExpired(intent, nowMs)) {
      await step(tx, intent, { t: 'expire' }, nowMs);
      continue;
    }
    if (intent.state === 'retry-wait' && (intent.retryAtMs ?? 0) <= nowMs) {
      intent = await step(tx, intent, { t: 'retry' }, nowMs);
    }
    if (intent.state === 'retry-wait') nextMs.push(intent.retryAtMs ?? nowMs);
    if (intent.state === 'held' || intent.state === 'created') nextMs.push(intent.expiresMs + 1);
    if (intent.state !== 'created' || beat === null || inFlight >= mostInFlight) continue;
    if (tx.account.state === 'halted' && intent.body.t === 'place') continue;
    intent = await step(tx, intent, { t: 'claim', session }, nowMs);
    if (intent.state !== 'claimed') continue;
    inFlight++;
    commands.push(commandOf(intent, beat.monotonicMs + (intent.expiresMs - beat.heardMs)));
  }
  return { commands, nextMs: nextMs.length === 0 ? null : Math.min(...nextMs) };
}

function usableBeat({ beat, nowMs }: Dispatching): HeardBeat | null {
  if (beat === null || !beat.isConnected) return null;
  return nowMs - beat.heardMs <= mostSilenceMs ? beat : null;
}

function commandOf({ id, attempt, magic, body }: Intent, untilMs: number): Command {
  const base = { id, attempt, magic, untilMs };
  switch (body.t) {
    case 'place':
      return { ...base, ...body, comment: commentOf(id) };
    case 'close': {
      const { symbol, ...close } = body;
      return { ...base, ...close, comment: commentOf(id) };
    }
    case 'close-by': {
      const { symbol, ...closeBy } = body;
      return { ...base, ...closeBy };
    }
    default:
      return { ...base, ...body };
  }
}
