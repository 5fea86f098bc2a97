/** One exchange account under way: it is looked at, and its connector speaks with the server. */
import { setTimeout as wait } from 'node:timers/promises';
import { connectorCaps, type BarsQuestion } from '#core/broker/messages.ts';
import type { Connector, JournalEntry } from '../connector.ts';
import { openLoopback, type Loopback } from '../paper/loopback-client.ts';
import { openConnector } from '../paper/paper-connector.ts';
import { openPaperKeep, type KeptPaper } from '../paper/paper-keep.ts';
import { exchangeServer } from './bybit-views.ts';
import { openExchangeBroker, type ExchangeBroker } from './exchange-broker.ts';
import { openExchangeClient, type ExchangeKeys, type StandIn } from './exchange-client.ts';
import { openLedgerBook } from './ledger-book.ts';

/** Everything is looked at so often; after a command at once. */
const lookEveryMs = 2_500;
const pricesEveryMs = 1_000;
const timeoutMs = 10_000;

export interface ExchangeRunOptions {
  readonly accountId: string;
  readonly keys: ExchangeKeys & { readonly token: string };
  readonly ledger: unknown;
  readonly journal: readonly JournalEntry[];
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly standIn?: StandIn;
  write(kept: KeptPaper): Promise<void>;
  now(): number;
  onTrouble(why: string): void;
  onDown(code: number): void;
}

export interface ExchangeRun {
  readonly isConnected: boolean;
  /** The exchange can be asked: without it there is nothing to tell the server. */
  readonly isReady: boolean;
  connect(): void;
  /** To be called about ten times a second. */
  tick(): void;
  close(): Promise<void>;
}

export async function openExchangeRun(options: ExchangeRunOptions): Promise<ExchangeRun> {
  const { keys, now, standIn } = options;
  const client = await openExchangeClient({
    keys,
    timeoutMs,
    ...(standIn && { standIn }),
  });
  // Measured first: executions are told apart from older ones by the exchange's clock.
  await client.setClock();
  const ledger = openLedgerBook(options.ledger, now() + client.clockMs);
  const keep = openPaperKeep(ledger, options.journal, options.write);
  const broker = await openExchangeBroker({
    ...{ client, ledger, now },
    flushed: keep.flushed,
    wait: (ms) => wait(ms),
    onTrouble: options.onTrouble,
  });
  return running(options, broker, keep);
}

type Keep = Pick<ReturnType<typeof openPaperKeep>, 'journal' | 'flushed'>;

function running(options: ExchangeRunOptions, broker: ExchangeBroker, keep: Keep): ExchangeRun {
  const { accountId, keys, onDown } = options;
  const monotonicMs = () => Math.round(performance.now());
  const { login } = broker.status();
  const looks = repeated(lookEveryMs, monotonicMs, () => broker.look());
  const prices = repeated(pricesEveryMs, monotonicMs, () => broker.lookAtPrices());
  let link: Loopback | null = null;
  let connector: Connector | null = null;
  let isClosed = false;
  return {
    get isConnected() {
      return link !== null;
    },
    get isReady() {
      return broker.status().isConnected;
    },
    connect() {
      const opened = openLoopback({
        ...{ address: options.address, headers: options.headers, accountId, login },
        token: keys.token,
        device: `exchange-${accountId}`,
        brokerServer: exchangeServer,
        caps: connectorCaps,
        onReady() {
          const says = { send: opened.send, hangUp: () => opened.close() };
          const session = { broker, journal: keep.journal, clock: { monotonicMs }, login };
          const bars = (question: BarsQuestion) => broker.bars(question);
          connector = openConnector({ ...session, ...says, bars });
        },
        onMessage: (message) => connector?.hear(message),
        onClosed(code) {
          connector?.close();
          link = null;
          connector = null;
          if (!isClosed) onDown(code);
        },
      });
      link = opened;
    },
    tick() {
      looks();
      prices();
      connector?.tick();
    },
    async close() {
      isClosed = true;
      connector?.close();
      link?.close();
      await keep.flushed();
    },
  };
}

/** Begins `work` where it is due and the last is over. */
function repeated(everyMs: number, nowMs: () => number, work: () => Promise<void>): () => void {
  let dueMs = nowMs();
  let isBusy = false;
  return () => {
    if (isBusy || nowMs() < dueMs) return;
    isBusy = true;
    void work().finally(() => {
      isBusy = false;
      dueMs = nowMs() + everyMs;
    });
  };
}
