/** A real desk and a real connector before a stand-in for the exchange, with a memory that outlives both. */
import { vi } from 'vitest';
import type { ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { TradeRequest } from '#core/broker/request.ts';
import { usualLimits } from '#core/risk/limits.ts';
import { submit } from '../../sync/orders/admission.ts';
import { openDesk, type Desk } from '../../sync/orders/desk.ts';
import { quoteBoard } from '../../sync/orders/quote-board.ts';
import { beginSession } from '../../sync/orders/session.ts';
import type { Connector, JournalEntry } from '../../sync/terminals/connector.ts';
import {
  openExchangeBroker,
  type ExchangeBroker,
} from '../../sync/terminals/exchange/exchange-broker.ts';
import { openExchangeClient } from '../../sync/terminals/exchange/exchange-client.ts';
import { openLedgerBook } from '../../sync/terminals/exchange/ledger-book.ts';
import { readMessage } from '../../sync/terminals/message-shapes.ts';
import { openConnector } from '../../sync/terminals/paper/paper-connector.ts';
import { openPaperKeep } from '../../sync/terminals/paper/paper-keep.ts';
import { madeAccount, memoryStore, type KeptAccount } from '../orders/memory-store.ts';
import { fakeSymbol, type FakeExchange } from './fake-exchange.ts';

export const accountId = '00000000-0000-4000-8000-0000000000ee';
const monotonicMs = () => Math.round(performance.now());

export interface ExchangeWorld {
  readonly broker: ExchangeBroker;
  readonly said: ConnectorMessage[];
  readonly trouble: string[];
  kept(): KeptAccount;
  intent(): Intent;
  submit(request: TradeRequest): Promise<void>;
  /** The connector goes, and another one comes over what was kept. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Memory {
  book: string;
  journal: string;
}

/** A broker of its own over what is in `memory`, as a process would open it. */
export async function openBroker(fake: FakeExchange, memory: Memory, trouble: string[]) {
  const keys = { apiKey: 'key', secret: 'secret' };
  const standIn = { url: fake.url, paceMs: 1 };
  const client = await openExchangeClient({ keys, timeoutMs: 400, standIn });
  const ledger = openLedgerBook(JSON.parse(memory.book), Date.now());
  const journal = JSON.parse(memory.journal) as JournalEntry[];
  const keep = openPaperKeep(ledger, journal, (kept) => {
    Object.assign(memory, kept);
    return Promise.resolve();
  });
  const broker = await openExchangeBroker({
    ...{ client, ledger, now: Date.now, flushed: keep.flushed },
    wait: () => Promise.resolve(),
    onTrouble: (why) => trouble.push(why),
  });
  return { broker, journal: keep.journal };
}

export const freshMemory = (): Memory => ({ book: 'null', journal: '[]' });

export async function exchangeWorld(fake: FakeExchange): Promise<ExchangeWorld> {
  const memory = freshMemory();
  const store = memoryStore();
  const limits = { ...usualLimits, positionRatio: 1 };
  store.addAccount(madeAccount(accountId, { kind: 'exchange', state: 'pairing', limits }), []);
  const quotes = quoteBoard();
  const said: ConnectorMessage[] = [];
  const trouble: string[] = [];
  let sessions = 0;
  let life: Life | null = null;
  const kept = () => store.kept(accountId);
  const begin = async () => {
    const { broker, journal } = await openBroker(fake, memory, trouble);
    const session = `session-${++sessions}`;
    const { login } = broker.status();
    const who = { session, serverId: 'one', device: 'd', login, brokerServer: 'bybit' };
    const begun = await beginSession(store, accountId, { ...who, nowMs: Date.now() });
    if (!begun.ok) throw new Error(begun.error.code);
    life = lifeOf({ store, session, quotes, said, broker, journal });
    await vi.waitFor(() => {
      if (quotes.of(accountId, fakeSymbol) === null) throw new Error('no price yet');
      if (kept().account.reconciledMs === null) throw new Error('not compared yet');
    }, patience);
  };
  await begin();
  return {
    ...{ said, trouble, kept },
    get broker() {
      return life!.broker;
    },
    intent: () => [...kept().intents.values()].at(-1)!,
    async submit(request) {
      const answer = await submit(store, request, { nowMs: Date.now(), quoteOf: quotes.of });
      if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.detail}`);
      life!.desk.wake();
    },
    async restart() {
      await life!.close();
      await begin();
    },
    close: () => life!.close(),
  };
}

export const patience = { timeout: 15_000, interval: 20 };

interface Life {
  readonly broker: ExchangeBroker;
  readonly desk: Desk;
  close(): Promise<void>;
}

type Parts = {
  readonly store: ReturnType<typeof memoryStore>;
  readonly session: string;
  readonly quotes: ReturnType<typeof quoteBoard>;
  readonly said: ConnectorMessage[];
} & Awaited<ReturnType<typeof openBroker>>;

function lifeOf({ store, session, quotes, said, broker, journal }: Parts): Life {
  let connector: Connector | null = null;
  const desk = openDesk({
    ...{ store, accountId, session, quotes },
    clock: {
      nowMs: Date.now,
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    link: {
      send: (message: ServerMessage) => queueMicrotask(() => connector?.hear(message)),
      close: () => connector?.close(),
    },
    onChange: () => undefined,
    log: { info: () => undefined, warn: () => undefined },
  });
  connector = openConnector({
    ...{ broker, journal, clock: { monotonicMs }, login: broker.status().login },
    send(message) {
      // As the server reads it from the wire.
      const read = readMessage(JSON.parse(JSON.stringify(message)) as Record<string, unknown>);
      if (!read.ok) throw new Error(`${message.t}: ${read.error}`);
      said.push(read.value);
      desk.hear(read.value);
    },
    hangUp: () => void desk.end(),
  });
  const ticks = setInterval(() => connector?.tick(), 20);
  const beats = setInterval(() => connector?.hear({ t: 'beat' }), 1_000);
  let looking: Promise<unknown> = Promise.resolve();
  let isLooking = false;
  const looks = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    looking = Promise.all([broker.look(), broker.lookAtPrices()]).finally(
      () => (isLooking = false),
    );
  }, 300);
  return {
    broker,
    desk,
    async close() {
      for (const timer of [ticks, beats, looks]) clearInterval(timer);
      connector?.close();
      await desk.end();
      await connector?.idle();
      await looking;
    },
  };
}
