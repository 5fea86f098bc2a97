/** Keeps the embedded Postgres running: made at the first start, restarted when it dies, stopped at the end. */
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ok, type Result } from '#core/result.ts';
import type { DataFolder } from '../data/data-folder.ts';
import { keptSecret } from '../data/secrets.ts';
import type { Log } from '../ops/log.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { postgresBinaries, type Binaries } from './binaries.ts';
import { clusterHome, type ClusterHome } from './cluster-home.ts';
import { databaseRole, ensureCluster } from './initialise.ts';
import { stopLeftover, stopPostgres } from './leftover.ts';
import { startPostgres, type PostgresProcess, type StartFailure } from './postgres-process.ts';

export interface EmbeddedPostgres {
  /** Where to connect; the same for the whole life of the server. */
  readonly url: string;
  /** Where the files are, when that is not the data folder. */
  readonly outsideFolder: string | null;
  stop(): Promise<void>;
}

/** Starts it and watches over it; an aborted `signal` gives up a start that is under way. */
export async function embeddedPostgres(
  data: DataFolder,
  log: Log,
  signal: AbortSignal,
): Promise<Result<EmbeddedPostgres, Refusal>> {
  const home = await clusterHome(data);
  if (!home.ok) return home;
  const started = await startIn(home.value, data, log, signal);
  if (!started.ok) home.value.release();
  return started;
}

async function startIn(
  home: ClusterHome,
  data: DataFolder,
  log: Log,
  signal: AbortSignal,
): Promise<Result<EmbeddedPostgres, Refusal>> {
  const password = await keptSecret(data.file('database-password'));
  if (!password.ok) return password;
  const binaries = await postgresBinaries(home.account);
  if (!binaries.ok) return binaries;
  if (binaries.value.copiedTo) {
    log.info({ folder: binaries.value.copiedTo }, 'running a copy of Postgres');
  }
  const leftover = await stopLeftover(home, binaries.value);
  if (!leftover.ok) return leftover;
  if (leftover.value !== 'none')
    log.warn({ leftover: leftover.value }, 'found a Postgres left over');
  const cluster = await ensureCluster(home, binaries.value, password.value, signal);
  if (!cluster.ok) return cluster;

  const logFile = data.file('postgres.log');
  const launch = (port: number) =>
    startPostgres(home, binaries.value, { port, logFile, signal: stopping.signal });
  const stopping = new AbortController();
  const giveUp = () => stopping.abort();
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  const first = await firstStart(launch);
  signal.removeEventListener('abort', giveUp);
  if (!first.ok) {
    return refuse(`Postgres does not start; its log is ${logFile}: ${first.error.detail}`);
  }
  const { port, running } = first.value;
  const watch = keepRunning(running, () => launch(port), stopping.signal, log);
  return ok({
    url: `postgres://${databaseRole}:${password.value}@127.0.0.1:${port}/postgres`,
    outsideFolder: home.outside ? home.folder : null,
    stop: () => stop(home, binaries.value, stopping, watch),
  });
}

type Launch = (port: number) => ReturnType<typeof startPostgres>;

/** Tries other ports where one is taken meanwhile, and waits for a dying Postgres to let go. */
async function firstStart(
  launch: Launch,
): Promise<Result<{ port: number; running: PostgresProcess }, StartFailure>> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const started = await launch(port);
    if (started.ok) return ok({ port, running: started.value });
    if (started.error.code === 'ended' || attempt === 20) return started;
    await wait(500);
  }
}

async function keepRunning(
  first: PostgresProcess,
  launch: () => ReturnType<typeof startPostgres>,
  stopping: AbortSignal,
  log: Log,
): Promise<void> {
  let running: PostgresProcess | null = first;
  let pauseMs = 250;
  while (!stopping.aborted) {
    if (running) {
      await running.ended;
      if (stopping.aborted) return;
      log.error({ processId: running.processId }, 'Postgres ended unexpectedly; starting it again');
    }
    const started = await launch();
    running = started.ok ? started.value : null;
    if (started.ok) {
      log.info({ processId: started.value.processId }, 'Postgres is running again');
      pauseMs = 250;
    } else if (!stopping.aborted) {
      log.error({ detail: started.error.detail }, 'Postgres does not start; trying again');
      await wait(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, 10_000);
    }
  }
}

async function stop(
  home: ClusterHome,
  binaries: Binaries,
  stopping: AbortController,
  watch: Promise<void>,
): Promise<void> {
  stopping.abort();
  await stopPostgres(home, binaries);
  await watch;
  home.release();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
