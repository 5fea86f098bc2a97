/** The product with one of its safeguards taken away, to see that the simulation would notice. */
import { bookHash } from '#core/broker/book-hash.ts';
import { magicOf } from '#core/broker/identity.ts';
import { noExposure, type Intent } from '#core/broker/intent.ts';
import type { ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import type { ConnectorBroker, Journal } from '../../sync/terminals/connector.ts';
import type { OrderStore, OrderTx } from '../../sync/orders/order-store.ts';
import { bookOf, changedBook, type TerminalBook } from '../../sync/orders/terminal-book.ts';

export interface Safeguards {
  /** `session` null: where requests are taken in. */
  store(store: OrderStore, session: string | null): OrderStore;
  journal(journal: Journal): Journal;
  broker(broker: ConnectorBroker): ConnectorBroker;
  toConnector(message: ServerMessage, monotonicMs: number): ServerMessage;
  toServer(send: (message: ConnectorMessage) => void): (message: ConnectorMessage) => void;
}

export const allSafeguards: Safeguards = {
  store: (store) => store,
  journal: (journal) => journal,
  broker: (broker) => broker,
  toConnector: (message) => message,
  toServer: (send) => send,
};

type TxChange = (tx: OrderTx, session: string | null) => Partial<OrderTx>;

function overStore(change: TxChange): Safeguards {
  return {
    ...allSafeguards,
    store: (store, session): OrderStore => ({
      transact: (accountId, work) =>
        store.transact(accountId, (tx) => work(over(tx, change(tx, session)))),
    }),
  };
}

/** By prototype, since `account` is what it is at the time it is read. */
const over = (tx: OrderTx, change: Partial<OrderTx>): OrderTx =>
  Object.create(tx, Object.getOwnPropertyDescriptors(change)) as OrderTx;

/** What is saved of an intent is something else than what the product thinks it saved. */
const overIntents = (change: (next: Intent, before: Intent | undefined) => Intent) =>
  overStore((tx) => ({
    async saveIntent(next) {
      const [before] = await tx.intents([next.id]);
      await tx.saveIntent(change(next, before));
    },
  }));

/** What was under way when a session ended is sent anew in the next one. */
const sentAgain = (next: Intent, before: Intent | undefined): Intent => {
  const wasUnderWay = before !== undefined && next.state === 'unknown' && next.retcode === null;
  if (!wasUnderWay || before.state === 'unknown') return next;
  const attempt = next.attempt + 1;
  return {
    ...{ ...next, state: 'created', attempt, magic: magicOf(next.id, attempt), session: null },
    earlierMagics: [...next.earlierMagics, next.magic],
    expiresMs: next.expiresMs + 60_000,
  };
};

export const safeguards = {
  /** What is sent is written down only in the next transaction, if there is one. */
  claim: { ...allSafeguards, store: claimedLater },

  /** A desk goes on though another session has begun. */
  fencing: overStore((tx, session) => ({
    get account() {
      return { ...tx.account, session };
    },
  })),

  'no-resend': overIntents(sentAgain),

  /** One look that finds nothing is enough. */
  quarantine: overIntents((next) =>
    next.state === 'unknown' && next.cleanScans > 0
      ? { ...next, state: 'not-executed', reserved: noExposure }
      : next,
  ),

  /** The connector forgets what it was asked. */
  journal: { ...allSafeguards, journal: (journal) => ({ ...journal, of: () => [] }) },

  /** Nothing is looked for by its magic number. */
  magic: { ...allSafeguards, broker: (broker) => ({ ...broker, find: async () => null }) },

  /** A command is good however late it arrives. */
  deadline: {
    ...allSafeguards,
    toConnector: (message, monotonicMs) =>
      'untilMs' in message ? { ...message, untilMs: monotonicMs + 60_000 } : message,
  },

  /** Nothing is kept free for what may yet be filled. */
  reservation: overStore((tx) => ({
    openIntents: async () =>
      (await tx.openIntents()).map((intent) => ({ ...intent, reserved: noExposure })),
  })),

  /** Each request is a new one. */
  requests: overStore(() => ({ request: async () => null })),

  /** The terminal's fingerprint always agrees with what it said of changes. */
  fingerprint: { ...allSafeguards, toServer: agreeing },
} satisfies Record<string, Safeguards>;

function claimedLater(store: OrderStore): OrderStore {
  const late: Intent[] = [];
  return {
    transact: (accountId, work) =>
      store.transact(accountId, async (tx) => {
        for (const claim of late.splice(0)) {
          const [now] = await tx.intents([claim.id]);
          const isWaiting = now?.state === 'created' && now.attempt === claim.attempt;
          if (isWaiting) await tx.saveIntent(claim);
        }
        const saveIntent = async (next: Intent) => {
          if (next.state === 'claimed') late.push(next);
          else await tx.saveIntent(next);
        };
        return work(over(tx, { saveIntent }));
      }),
  };
}

export type Safeguard = keyof typeof safeguards;

function agreeing(send: (message: ConnectorMessage) => void): (message: ConnectorMessage) => void {
  let book: TerminalBook | null = null;
  return (message) => {
    if (message.t === 'snapshot') book = bookOf(message);
    if (message.t !== 'delta' || !book) return send(message);
    book = changedBook(book, message);
    const hash = bookHash([...book.positions.values()], [...book.orders.values()]);
    send({ ...message, hash });
  };
}
