/**
 * Runs the paper accounts of this server, each as a client of the server's own socket.
 *
 * An account with something open never sleeps. One with nothing open that nobody looked at for ten
 * minutes does, and is woken when somebody looks or trades.
 */
import { randomUUID } from 'node:crypto';
import { setInterval } from 'node:timers';
import type { ConnectorHost, ConnectorHostOptions } from '../connector-host.ts';
import { notOurs } from '../not-ours.ts';
import { findPaired } from '../paired-account.ts';
import { jittered } from '../jitter.ts';
import { addMinutes, readHours } from './minute-store.ts';
import { openPaperRun, type PaperRun } from './paper-run.ts';
import { accountsWithBooks, claimBook, findPaper, writeBook } from './paper-store.ts';

const tickMs = 100;
const sleepAfterMs = 600_000;
const lookAgainMs = 5_000;
const leastBackOffMs = 500;
const mostBackOffMs = 30_000;

interface Running {
  run: PaperRun | null;
  /** Starts and stops happen one after the other. */
  work: Promise<void>;
  lookedMs: number;
  /** Not to be connected, or started, before. */
  notBeforeMs: number;
  backOffMs: number;
  /** A start, or the way to sleep, is in `work`. */
  isBusy: boolean;
}

export function openPaperHost(options: ConnectorHostOptions): ConnectorHost {
  const { now, log } = options;
  const accounts = new Map<string, Running>();
  const others = notOurs(options);
  let isClosed = false;
  const stop = async (account: Running) => {
    const { run } = account;
    account.run = null;
    await run?.close().catch((err: unknown) => log.warn({ err }, 'a paper book was not kept'));
  };
  const begin = (accountId: string, account: Running) => {
    if (isClosed || account.isBusy) return;
    account.isBusy = true;
    account.work = account.work.then(async () => {
      if (!account.run && !isClosed) {
        const looked = others.lookedAt(accountId);
        const again = () => restart(accountId);
        const started = await start({ ...options, again }, accountId, account).catch(
          (err: unknown) => {
            log.warn({ err, accountId }, 'a paper account did not start');
            return 'later' as const;
          },
        );
        if (started === 'never') {
          accounts.delete(accountId);
          looked.isNotOurs();
        } else if (started === 'later') account.notBeforeMs = now() + lookAgainMs;
        else account.run = started;
      }
      account.isBusy = false;
    });
  };
  const accountOf = (accountId: string) => {
    const account = accounts.get(accountId) ?? newRunning(now());
    accounts.set(accountId, account);
    return account;
  };
  const look = (accountId: string) => {
    if (others.has(accountId)) return;
    const account = accountOf(accountId);
    account.lookedMs = now();
    if (!account.run) begin(accountId, account);
  };
  const restart = (accountId: string) => {
    others.forget(accountId);
    const account = accountOf(accountId);
    account.lookedMs = now();
    account.notBeforeMs = 0;
    account.work = account.work.then(() => stop(account));
    begin(accountId, account);
  };
  const sleep = (accountId: string, account: Running) => {
    account.isBusy = true;
    account.work = account.work.then(async () => {
      await stop(account);
      account.isBusy = false;
      // Somebody may have looked meanwhile.
      if (now() - account.lookedMs > sleepAfterMs) accounts.delete(accountId);
    });
  };
  const timer = setInterval(() => {
    for (const [accountId, account] of accounts) {
      const { run, isBusy } = account;
      if (isBusy) continue;
      const isDue = now() >= account.notBeforeMs;
      if (!run) {
        if (isDue) begin(accountId, account);
      } else if (run.isIdle && now() - account.lookedMs > sleepAfterMs) {
        sleep(accountId, account);
      } else {
        if (!run.isConnected && isDue) run.connect();
        run.tick();
      }
    }
  }, tickMs);
  accountsWithBooks(options.database)
    .then((ids) => ids.forEach(look))
    .catch((err: unknown) => log.warn({ err }, 'paper accounts were not found'));
  return {
    changed: restart,
    looked: look,
    async close() {
      isClosed = true;
      clearInterval(timer);
      const all = [...accounts.values()];
      await Promise.all(all.map((account) => account.work.then(() => stop(account))));
    },
  };
}

function newRunning(nowMs: number): Running {
  return {
    run: null,
    work: Promise.resolve(),
    lookedMs: nowMs,
    notBeforeMs: 0,
    backOffMs: leastBackOffMs,
    isBusy: false,
  };
}

async function start(
  options: ConnectorHostOptions & { again(): void },
  accountId: string,
  account: Running,
): Promise<PaperRun | 'never' | 'later'> {
  const { database, vault, serverId, now } = options;
  const row = await findPaper(database, accountId, { serverId, nowMs: now() });
  if (row === null) return 'never';
  if (row === 'elsewhere') return 'later';
  const paired = await findPaired(database, vault, accountId);
  if (!paired) return 'never';
  const writer = randomUUID();
  const { stored, journal } = await claimBook(database, row, writer);
  const startedMs = now();
  return openPaperRun({
    row,
    stored,
    journal,
    token: paired.token,
    address: options.address,
    headers: options.headers,
    readChunk: (hash) => options.readChunk(row.userId, hash),
    minutes: {
      add: (hours) => addMinutes(database, row, hours),
      read: (before) => readHours(database, row, before),
    },
    onTrouble: (err) => options.log.warn({ err, accountId }, 'paper prices were not kept'),
    async write(kept, entries) {
      const text = { stored: kept, journal: entries };
      if (await writeBook(database, { ...row, writer }, text)) return;
      // Another process has gone on with the book: what this one remembers is worth nothing.
      options.again();
      throw new Error('another process writes this paper book');
    },
    now,
    monotonicMs: () => Math.round(performance.now()),
    onDown(code) {
      const isLong = now() - startedMs > mostBackOffMs;
      account.backOffMs = isLong ? leastBackOffMs : Math.min(account.backOffMs * 2, mostBackOffMs);
      account.notBeforeMs = now() + Math.max(pauseAfter(code), jittered(account.backOffMs));
    },
  });
}

/** Refused: another try changes nothing. Taken over: the other server is to have its turn. */
function pauseAfter(code: number): number {
  if (code === 4_401 || code === 4_403 || code === 4_404) return 60_000;
  return code === 4_409 ? mostBackOffMs : 0;
}
