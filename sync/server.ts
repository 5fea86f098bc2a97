/** The whole server, from a configuration to an address that answers, and back to nothing. */
import { join } from 'node:path';
import { ok, type Result } from '#core/result.ts';
import type { Configuration } from './configuration.ts';
import { openDataFolder, type DataFolder } from './data/data-folder.ts';
import { keptSecret } from './data/secrets.ts';
import { openDatabase } from './database/database.ts';
import { contentPolicy, inlineScriptHashes } from './http/content-policy.ts';
import { createListener, drain } from './http/listener.ts';
import { serverOrigins } from './http/origins.ts';
import { snapshotPages } from './http/page-snapshot.ts';
import { pageHandler } from './http/pages.ts';
import { listenAsWished, type Person } from './http/port-choice.ts';
import { requestHandler, type ServerState } from './http/request-handler.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { readBuild } from './ops/build.ts';
import type { Log } from './ops/log.ts';
import { createMetrics } from './ops/metrics.ts';
import type { Refusal } from './refusal.ts';

export interface RunningServer {
  readonly address: string;
  /** Where the embedded Postgres keeps its files when that is not the data folder. */
  readonly outsideFolder: string | null;
}

export interface ServerOptions {
  readonly configuration: Configuration;
  readonly projectFolder: string;
  readonly log: Log;
  readonly person: Person;
  /** Aborted to end the server, while it starts or later. */
  readonly signal: AbortSignal;
}

/** Ends, last first, what was begun; each part is added as soon as it exists. */
export type Endings = (() => Promise<void>)[];

/**
 * Starts every part in order: folder, socket, database.
 *
 * The socket comes before the database, so that a port in use is known at once; until the
 * database is open pages are served and `/readyz` says what is awaited. What was begun stands in
 * `endings`, to be ended by the caller whether this succeeds or not.
 */
export async function startServer(
  options: ServerOptions,
  endings: Endings,
): Promise<Result<RunningServer, Refusal>> {
  const { configuration, projectFolder, log, signal } = options;
  const startedMs = Date.now();
  const data = await openDataFolder(configuration.dataFolder);
  if (!data.ok) return data;
  endings.push(() => data.value.close());
  const secret = await keptSecret(data.value.file('server-secret'));
  if (!secret.ok) return secret;

  const build = await readBuild(projectFolder, configuration.pagesFolder);
  const state: ServerState = { database: null, stopping: false };
  signal.addEventListener('abort', () => (state.stopping = true));
  const serving = await serve({
    ...options,
    data: data.value,
    secret: configuration.secret ?? secret.value,
    build,
    state,
    endings,
  });
  if (!serving.ok) return serving;
  const address = serving.value;
  await data.value.announce(address);

  const database = await openDatabase({
    data: data.value,
    databaseUrl: configuration.databaseUrl,
    migrationsFolder: join(projectFolder, 'drizzle'),
    boot: { startedMs, ...build },
    log,
    signal,
  });
  if (!database.ok) return database;
  endings.splice(1, 0, () => database.value.close());
  state.database = database.value;
  return ok({ address, outsideFolder: database.value.outsideFolder });
}

interface ServeOptions extends ServerOptions {
  readonly data: DataFolder;
  readonly secret: string;
  readonly build: Awaited<ReturnType<typeof readBuild>>;
  readonly state: ServerState;
  readonly endings: Endings;
}

/** The address, answering. */
async function serve(options: ServeOptions): Promise<Result<string, Refusal>> {
  const { configuration, data, log, state, build, endings } = options;
  const snapshot = await snapshotPages(configuration.pagesFolder, data.file('pages'));
  if (!snapshot.ok) return snapshot;
  const listener = await createListener(configuration.tls);
  if (!listener.ok) return listener;
  const server = listener.value;
  const { host, publicOrigin, metricsToken } = configuration;
  const wish = { host, port: configuration.port, given: configuration.portGiven };
  const port = await listenAsWished(server, wish, options.person);
  endings.push(() => drain(server));
  if (!port.ok) return port;

  const scheme = configuration.tls ? 'https' : 'http';
  const origins = serverOrigins({ scheme, host, port: port.value, publicOrigin });
  const metrics = createMetrics();
  const handler = requestHandler({
    state,
    build,
    origins,
    headers: securityHeaders({
      contentPolicy: contentPolicy(inlineScriptHashes(snapshot.value.pages)),
      encrypted: origins.address.startsWith('https:'),
    }),
    pages: pageHandler(snapshot.value.folder),
    metrics,
    metricsToken,
    publicOrigin,
    requests: requestLog(log, metrics, options.secret),
    log,
  });
  server.on('request', handler);
  return ok(origins.address);
}
