/**
 * Runs the exchange accounts of this server, each as a client of the server's own socket.
 *
 * They never sleep: at an exchange things happen whether anybody looks or not.
 */
import { randomUUID } from 'node:crypto';
import { setInterval } from 'node:timers';
import type { ConnectorHost, ConnectorHostOptions } from '../connector-host.ts';
import { storedText, writeBook } from '../paper/paper-store.ts';
import { jittered } from '../jitter.ts';
import { notOurs } from '../not-ours.ts';
import type { StandIn } from './exchange-client.ts';
import { openExchangeRun, type ExchangeRun } from './exchange-run.ts';
import { claimLedger, exchangeAccounts, findExchange } from './exchange-store.ts';

const tickMs = 100;
const leastBackOffMs = 1_000;
const mostBackOffMs = 60_000;

interface Running {
  run: ExchangeRun | null;
  /** Starts and stops happen one after the other. */
  work: Promise<void>;
  isBusy: boolean;
  notBeforeMs: number;
  backOffMs: number;
}

export interface ExchangeHostOptions extends ConnectorHostOptions {
  readonly standIn?: StandIn;
}

export function openExchangeHost(options: ExchangeHostOptions): ConnectorHost {
  const { now, log } = options;
  const accounts = new Map<string, Running>();
  const others = notOurs(options);
  let isClosed = false;
  const stop = async (account: Running) => {
    const { run } = account;
    account.run = null;
    await run?.close().catch((err: unknown) => log.warn({ err }, 'a ledger was not kept'));
  };
  const begin = (accountId: string, account: Running) => {
    if (isClosed || account.isBusy) return;
    account.isBusy = true;
    account.work = account.work.then(async () => {
      if (!account.run && !isClosed) {
        const looked = others.lookedAt(accountId);
        const again = () => changed(accountId);
        const started = await start({ ...options, again }, accountId, account).catch(
          (err: unknown) => {
            log.warn({ err, accountId }, 'an exchange account did not start');
            return 'later' as const;
          },
        );
        if (started === 'never') {
          accounts.delete(accountId);
          looked.isNotOurs();
        } else if (started === 'later') putOff(account, now());
        else account.run = started;
      }
      account.isBusy = false;
    });
  };
  const look = (accountId: string) => {
    if (others.has(accountId)) return;
    const account = accounts.get(accountId) ?? newRunning();
    accounts.set(accountId, account);
    if (!account.run && now() >= account.notBeforeMs) begin(accountId, account);
  };
  const changed = (accountId: string) => {
    others.forget(accountId);
    const account = accounts.get(accountId) ?? newRunning();
    accounts.set(accountId, account);
    account.notBeforeMs = 0;
    account.work = account.work.then(() => stop(account));
    begin(accountId, account);
  };
  const timer = setInterval(() => {
    for (const [accountId, account] of accounts) {
      const { run, isBusy } = account;
      if (isBusy) continue;
      const isDue = now() >= account.notBeforeMs;
      if (!run) {
        if (isDue) begin(accountId, account);
        continue;
      }
      if (!run.isConnected && run.isReady && isDue) run.connect();
      run.tick();
    }
  }, tickMs);
  exchangeAccounts(options.database)
    .then((ids) => ids.forEach(look))
    .catch((err: unknown) => log.warn({ err }, 'exchange accounts were not found'));
  return {
    changed,
    looked: look,
    async close() {
      isClosed = true;
      clearInterval(timer);
      const all = [...accounts.values()];
      await Promise.all(all.map((account) => account.work.then(() => stop(account))));
    },
  };
}

function newRunning(): Running {
  const waits = { notBeforeMs: 0, backOffMs: leastBackOffMs };
  return { run: null, work: Promise.resolve(), isBusy: false, ...waits };
}

async function start(
  options: ExchangeHostOptions & { again(): void },
  accountId: string,
  account: Running,
): Promise<ExchangeRun | 'never' | 'later'> {
  const { database, vault, serverId, now, log } = options;
  const by = { vault, serverId, nowMs: now() };
  const row = await findExchange(database, accountId, by);
  if (row === 'elsewhere') return 'later';
  if (row?.exchange !== 'bybit') return 'never';
  const writer = randomUUID();
  const { ledger, journal } = await claimLedger(database, row, writer);
  const startedMs = now();
  return openExchangeRun({
    ...{ accountId, ledger, journal, now },
    keys: row.keys,
    address: options.address,
    headers: options.headers,
    ...(options.standIn && { standIn: options.standIn }),
    async write(kept) {
      const stored = storedText({ writer, book: kept.book, prices: null });
      const { userId } = row;
      const text = { stored, journal: kept.journal };
      if (await writeBook(database, { userId, accountId, writer }, text)) return;
      // Another process has gone on with the account: what this one remembers is worth nothing.
      options.again();
      throw new Error('another process writes this ledger');
    },
    onTrouble: (why) => log.warn({ why, accountId }, 'an exchange was not read'),
    onDown(code) {
      if (now() - startedMs > mostBackOffMs) account.backOffMs = leastBackOffMs;
      putOff(account, now());
      const isRefused = code === 4_401 || code === 4_403 || code === 4_404 || code === 4_409;
      if (isRefused) account.notBeforeMs = now() + mostBackOffMs;
    },
  });
}

function putOff(account: Running, nowMs: number): void {
  account.notBeforeMs = nowMs + jittered(account.backOffMs);
  account.backOffMs = Math.min(account.backOffMs * 2, mostBackOffMs);
}
