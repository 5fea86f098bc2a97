/** One paper account under way: its prices move, and its connector speaks with the server. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { decodeChunks } from '#core/market/chunk-read.ts';
import { decodeTicks } from '#core/market/tick-chunk.ts';
import { connectorCaps, type BarsAnswer, type BarsQuestion } from '#core/broker/messages.ts';
import type { PaperSeries } from '#core/broker/paper-settings.ts';
import type { Connector, JournalEntry } from '../connector.ts';
import { openConnector } from './paper-connector.ts';
import { openLoopback, type Loopback } from './loopback-client.ts';
import { firstQuotes, openPaperBroker, type PaperBroker } from './paper-broker.ts';
import { seededFaults, type PaperFaults } from './paper-faults.ts';
import { minuteKeep, type MinuteKeep, type MinuteStore } from './minute-keep.ts';
import { pastOf } from './account-past.ts';
import { openPaperKeep, type PaperKeep } from './paper-keep.ts';
import { minuteRecorder } from './paper-minutes.ts';
import { storedText, type PaperRow, type StoredPaper } from './paper-store.ts';
import { exactly, symbolsFor, termsOf } from './paper-terms.ts';
import { connectPaper } from './paper-terminal.ts';
import { paperServer } from './paper-views.ts';
import { symbolOf } from './paper-symbols.ts';
import { generatorFeed, replayFeed, type PriceFeed } from './price-feed.ts';
import type { Series } from './price-replay.ts';

/** Most brokers' servers are two hours ahead of UTC; so is this one. */
export const paperOffsetMs = 7_200_000;
const quoteEveryMs = 250;
const faultEvery = 8;

export interface PaperRunOptions {
  readonly row: PaperRow;
  readonly stored: StoredPaper;
  readonly journal: readonly JournalEntry[];
  readonly token: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readChunk(hash: string): Promise<Uint8Array | null>;
  /** What its prices did, minute by minute. */
  readonly minutes: MinuteStore;
  /** What is no reason to stop. */
  onTrouble(error: unknown): void;
  /** Both are JSON. */
  write(stored: string, journal: string): Promise<void>;
  now(): number;
  monotonicMs(): number;
  /** Whether this account may be connected again, and when at the soonest. */
  onDown(code: number): void;
}

export interface PaperRun {
  readonly isConnected: boolean;
  /** Nothing is held or ordered. */
  readonly isIdle: boolean;
  connect(): void;
  /** To be called about ten times a second. */
  tick(): void;
  close(): Promise<void>;
}

export async function openPaperRun(options: PaperRunOptions): Promise<PaperRun> {
  const { row, stored, monotonicMs } = options;
  const { settings, accountId } = row;
  const series = await readSeries(options);
  const broker = brokerOf(options, series);
  const feed = feedOf(options, broker, series);
  const keep = openPaperKeep(broker, options.journal, ({ book, journal }) =>
    options.write(storedText({ writer: stored.writer, book, prices: feed.state }), journal),
  );
  const minutes = minuteKeep(minuteRecorder(), options.minutes, options.onTrouble);
  const faults = seededFaults(settings.faults, { seed: seedOf(accountId), every: faultEvery });
  let passedMs = monotonicMs();
  const catchUp = () => {
    const nowMs = monotonicMs();
    const ms = nowMs - passedMs;
    if (ms <= 0) return;
    passedMs = nowMs;
    const serverMs = options.now() + paperOffsetMs;
    if (settings.speed > 0) feed.pass(ms * settings.speed, serverMs);
    else broker.at(serverMs, broker.marketMs);
    // What is played again has its own bars.
    const seen = settings.prices.kind === 'generator' ? broker.symbols() : [];
    for (const { symbol } of seen) {
      const quote = broker.quote(symbol);
      if (quote) minutes.note(quote, serverMs - paperOffsetMs);
    }
    minutes.tick(nowMs);
  };
  if (broker.symbols().every(({ symbol }) => broker.quote(symbol) === null)) {
    if (settings.prices.kind === 'generator') {
      const serverMs = options.now() + paperOffsetMs;
      broker.tick(firstQuotes(broker.symbols()), serverMs, broker.marketMs);
    }
  }
  const bars = (question: BarsQuestion) =>
    pastOf({ row, broker, feed, series, minutes, offsetMs: paperOffsetMs }, question);
  const dueMs = () => passedMs + quoteEveryMs;
  return running(options, { keep, faults, minutes, bars, catchUp, dueMs });
}

interface Parts {
  readonly keep: PaperKeep;
  readonly faults: PaperFaults;
  readonly minutes: MinuteKeep;
  bars(question: BarsQuestion): Promise<BarsAnswer>;
  catchUp(): void;
  dueMs(): number;
}

function running(options: PaperRunOptions, parts: Parts): PaperRun {
  const { keep, faults, minutes, bars, catchUp, dueMs } = parts;
  const { row, monotonicMs } = options;
  const { broker } = keep;
  const terminal = connectPaper({
    keep,
    faults,
    offsetMs: paperOffsetMs,
    monotonicMs,
    wait: (ms) => (ms > 0 ? wait(ms) : Promise.resolve()),
    catchUp,
  });
  const { login } = broker.account();
  let link: Loopback | null = null;
  let connector: Connector | null = null;
  let isClosed = false;
  const down = (code: number) => {
    if (isClosed) return;
    connector?.close();
    link = null;
    connector = null;
    options.onDown(code);
  };
  return {
    get isConnected() {
      return link !== null;
    },
    get isIdle() {
      return broker.positions().length === 0 && broker.orders().length === 0;
    },
    connect() {
      const opened = openLoopback({
        ...options,
        accountId: row.accountId,
        device: `paper-${row.accountId}`,
        login,
        brokerServer: paperServer,
        caps: connectorCaps,
        onReady() {
          const clock = { monotonicMs };
          const says = { send: opened.send, hangUp: () => opened.close() };
          const saysTwice = () => faults.happens('duplicate-event');
          const session = { broker: terminal, journal: keep.joined, clock, login, saysTwice };
          connector = openConnector({ ...session, ...says, bars });
        },
        onMessage: (message) => connector?.hear(message),
        onClosed: down,
      });
      link = opened;
    },
    tick() {
      if (monotonicMs() >= dueMs()) catchUp();
      connector?.tick();
      if (connector && faults.happens('disconnect')) link?.close();
    },
    async close() {
      isClosed = true;
      connector?.close();
      link?.close();
      await minutes.close();
      await keep.flushed();
    },
  };
}

function brokerOf({ row, stored, now }: PaperRunOptions, series: readonly Series[]): PaperBroker {
  const { settings, accountId } = row;
  const { profile, mode, currency, leverage, balance } = settings;
  const own = symbolsFor(profile, settings.symbols);
  const replayed = series.map((each) => {
    const { digits } = each.kind === 'bars' ? each.bars : each.ticks;
    const symbol = symbolOf(each.symbol, currency, digits);
    return profile === 'exact' ? exactly(symbol) : symbol;
  });
  const symbols = settings.prices.kind === 'replay' ? replayed : own;
  if (stored.book) {
    const broker = openPaperBroker(stored.book);
    broker.offer(symbols);
    return broker;
  }
  const seed = seedOf(accountId);
  const terms = termsOf({ profile, mode, currency, leverage, seed });
  const login = String(10_000_000 + (seed % 90_000_000));
  const serverMs = now() + paperOffsetMs;
  return openPaperBroker({ login, serverMs, balance, terms, symbols });
}

function feedOf(
  { row, stored, now }: PaperRunOptions,
  broker: PaperBroker,
  series: readonly Series[],
): PriceFeed {
  const { prices, profile } = row.settings;
  if (prices.kind === 'generator') {
    const serverMs = now() + paperOffsetMs;
    return generatorFeed(broker, prices, { state: stored.prices, serverMs });
  }
  const source = digestOf(JSON.stringify(prices)).toString('hex');
  const symbols = broker.symbols();
  const spreadOf = (name: string) =>
    profile === 'exact' ? 0 : (symbols.find(({ symbol }) => symbol === name)?.spreadPoints ?? 0);
  return replayFeed(broker, { source, series, spreadOf }, stored.prices);
}

/** What cannot be read is left out: there are no prices for it then, rather than wrong ones. */
async function readSeries({ row, readChunk }: PaperRunOptions): Promise<readonly Series[]> {
  const { prices } = row.settings;
  if (prices.kind !== 'replay') return [];
  const read = await Promise.all(prices.series.map((series) => readOne(series, readChunk)));
  return read.filter((series) => series !== null);
}

async function readOne(
  { symbol, kind, chunks }: PaperSeries,
  readChunk: PaperRunOptions['readChunk'],
): Promise<Series | null> {
  const bytes = await Promise.all(chunks.map(readChunk));
  const whole = bytes.filter((each) => each !== null);
  if (whole.length === 0 || whole.length < bytes.length) return null;
  if (kind === 'bars') {
    const bars = decodeChunks(whole);
    return bars.ok ? { symbol, kind, bars: bars.value } : null;
  }
  const ticks = decodeTicks(whole);
  return ticks.ok ? { symbol, kind, ticks: ticks.value } : null;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function seedOf(accountId: string): number {
  return digestOf(accountId).readUInt32BE(0) >>> 1;
}
