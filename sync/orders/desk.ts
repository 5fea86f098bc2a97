/**
 * Everything that happens on one session of one connector.
 *
 * What was heard is taken in order, one piece at a time, each in a transaction that first sees to
 * it that the session is still the account's own; where it is not, the desk ends. Nothing is kept
 * here that a new session could not find out again.
 */
import type { ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import { deskAttention } from './desk-attention.ts';
import { deskHearing } from './desk-hearing.ts';
import type { DeskOptions, DeskState, DeskWork } from './desk-work.ts';
import { isCommandNews } from './intake.ts';
import { looking } from './look.ts';
import { trailWatch } from './trailing.ts';
import { workQueue } from './work-queue.ts';

export type { Clock, DeskLog, DeskNews, DeskOptions, Link } from './desk-work.ts';

export interface Desk {
  hear(message: ConnectorMessage): void;
  /** There may be something to send. */
  wake(): void;
  /** Exactly these symbols are looked at, besides those that the desk itself needs. */
  look(symbols: readonly string[]): void;
  /** The link is gone: what was heard is still taken, nothing is sent any more. */
  end(): Promise<void>;
  /** When all that was heard has been dealt with. */
  idle(): Promise<void>;
}

const quotesMs = 200;
/** What is heard and not yet dealt with; a connector that talks faster is cut off. */
const mostWaiting = 20_000;
/** News of commands in one transaction. */
const mostTogether = 64;

export function openDesk(options: DeskOptions): Desk {
  const { accountId, link, quotes: board } = options;
  let isEnded = false;
  const send = (message: ServerMessage) => {
    if (!isEnded) link.send(message);
  };
  const state = freshState(send);
  const stop = () => {
    isEnded = true;
    state.beat = null;
    attention.stop();
    board.forget(accountId);
  };
  const finish = (why: string) => {
    if (isEnded) return;
    stop();
    queue.close();
    link.close(why);
  };
  const within = withinSession(options, () => finish('fenced'));
  const work: DeskWork = { options, state, within, send, finish, wish: () => queue.wish() };
  const hearing = deskHearing(work);
  const attention = deskAttention(work, () => hearing.subscribe());
  const queue = workQueue<ConnectorMessage>({
    take: (items) => {
      const other = items.findIndex((item) => !isCommandNews(item));
      return Math.min(other === -1 ? items.length : other, mostTogether);
    },
    async run(items) {
      await hearing.take(items);
      options.onChange({ t: 'changed' });
    },
    wished: () => attention.give(),
    failed(error) {
      options.log.warn('failed', { why: error instanceof Error ? error.message : String(error) });
      finish('failed');
    },
  });

  send({ t: 'settings', isReadOnly: false, quotesMs });
  queue.wish();
  return {
    hear(message) {
      if (isEnded) return;
      if (message.t === 'beat') hearing.beat(message);
      else if (message.t === 'quotes') hearing.quotes(message.quotes);
      else queue.add(message);
      if (queue.length > mostWaiting) finish('too-much');
    },
    wake: () => queue.wish(),
    look(symbols) {
      state.looked = symbols;
      hearing.subscribe();
    },
    async end() {
      if (!isEnded) stop();
      await queue.idle();
      queue.close();
    },
    idle: () => queue.idle(),
  };
}

function freshState(send: (message: ServerMessage) => void): DeskState {
  return {
    ...{ beat: null, dropped: 0, book: null, symbols: null, looked: [], subscribed: '' },
    ...{
      lookDueMs: null,
      lookedMs: -Infinity,
      isLookWished: false,
      look: looking(send),
      trails: trailWatch(),
    },
    ...{ stopsDue: new Set(), equity: { atMs: -Infinity, balance: NaN } },
  };
}

/** Work in a transaction that is done only where the session is still the account's own. */
function withinSession(
  { store, accountId, session, clock }: DeskOptions,
  fenced: () => void,
): DeskWork['within'] {
  return async (work) => {
    const nowMs = clock.nowMs();
    const done = await store.transact(accountId, async (tx) => {
      const { account } = tx;
      if (account.session !== session || account.state === 'revoked') return null;
      return { value: await work(tx, nowMs) };
    });
    if (!done) fenced();
    return done?.value ?? null;
  };
}
