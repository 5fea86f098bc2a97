/** The whole server, from a configuration to an address that answers, and back to nothing. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { ok, type Result } from '#core/result.ts';
import type { Configuration } from './configuration.ts';
import { openDataFolder, type DataFolder } from './data/data-folder.ts';
import { keptSecret } from './data/secrets.ts';
import { openNotifications } from './database/notifications.ts';
import { openDatabase } from './database/database.ts';
import { contentPolicy, inlineScriptHashes } from './http/content-policy.ts';
import { connectorFile } from './http/connector-file.ts';
import { createListener, drain } from './http/listener.ts';
import { serverOrigins, type Origins } from './http/origins.ts';
import { snapshotPages } from './http/page-snapshot.ts';
import { pageHandler } from './http/pages.ts';
import { listenAsWished, type Person } from './http/port-choice.ts';
import { requestHandler, type ServerState } from './http/request-handler.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { readBuild, type Build } from './ops/build.ts';
import type { Log } from './ops/log.ts';
import { createErrorReports } from './ops/error-reports.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import { createObserver, type Observer } from './ops/observer.ts';
import { createTracing } from './ops/tracing.ts';
import { openServices } from './open-services.ts';
import type { Refusal } from './refusal.ts';
import { openRooms } from './rooms/open-rooms.ts';
import { socketOrigin } from './rooms/settings.ts';
import { refuseSocket } from './rooms/socket-host.ts';
import { procedurePaths } from './router.ts';
import type { Services, Site } from './services.ts';
import { failureCode } from './trpc.ts';
import { offerFirstAdmin } from './auth/first-admin.ts';
import { siteOf } from './site.ts';
import { openTerminals, type TerminalsOptions } from './terminals/open-terminals.ts';
import { isTerminalsPath } from './terminals/terminal-gate.ts';

export interface RunningServer {
  readonly address: string;
  /** Where the embedded Postgres keeps its files when that is not the data folder. */
  readonly outsideFolder: string | null;
  /** Where the first admin is made, once; null where there is one. */
  readonly firstAdminLink: string | null;
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
  const keptSecretText = await keptSecret(data.value.file('server-secret'));
  if (!keptSecretText.ok) return keptSecretText;

  const build = await readBuild(projectFolder, configuration.pagesFolder);
  const metrics = createMetrics(procedurePaths);
  const observer = await openObserver(options, build, metrics, endings);
  const state: ServerState = {
    database: null,
    services: null,
    rooms: null,
    terminals: null,
    stopping: false,
  };
  signal.addEventListener('abort', () => (state.stopping = true));
  const secret = configuration.secret ?? keptSecretText.value;
  const parts = { ...options, data: data.value, secret, build, state, metrics, observer };
  const serving = await serve(parts, endings);
  if (!serving.ok) return serving;
  const { site, origins, listening } = serving.value;
  await data.value.announce(site.address);

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
  const { say } = options.person;
  const services = await openServices({ ...parts, database: database.value, site, say });
  if (!services.ok) return services;
  endings.splice(2, 0, () => services.value.close());
  state.database = database.value;
  state.services = services.value.services;
  const notifications = openNotifications({
    url: configuration.rooms.listenUrl ?? database.value.ownerUrl,
    log,
  });
  // Ended with what needs the database, after all who listen.
  endings.splice(2, 0, () => notifications.close());
  const rooms = await openRooms({
    ...parts,
    services: services.value.services,
    notifications,
    settings: configuration.rooms,
    origins,
  });
  // Before the socket is drained, which waits for whoever is connected.
  endings.push(() => rooms.close());
  state.rooms = rooms;
  const terminals = openTerminals({
    ...{ services: services.value.services, registry: services.value.registry, rooms, origins },
    serverId: randomUUID(),
    notifications,
    listening,
    proxies: configuration.proxies,
    log,
  });
  endings.push(() => terminals.close());
  state.terminals = terminals;
  return ok({
    address: site.address,
    outsideFolder: database.value.outsideFolder,
    firstAdminLink: await firstAdminLink(services.value.services),
  });
}

/** The observer; what is still to be sent at the end is sent before the process goes. */
async function openObserver(
  { configuration: { ops }, log }: ServerOptions,
  build: Build,
  metrics: Metrics,
  endings: Endings,
): Promise<Observer> {
  const named = { release: build.productVersion, environmentName: ops.environmentName };
  const errorReports = await createErrorReports({
    dsn: ops.sentryDsn,
    sampleRatio: ops.sentrySampleRatio,
    ...named,
  });
  const tracing = await createTracing({
    endpoint: ops.otlpEndpoint,
    sampleRatio: ops.traceSampleRatio,
    ...named,
  });
  endings.push(async () => {
    await Promise.all([errorReports.close(), tracing.close()]);
  });
  return createObserver({ log, metrics, errorReports, tracing, codeOf: failureCode });
}

async function firstAdminLink({ authDatabase, secret, site }: Services): Promise<string | null> {
  const token = await offerFirstAdmin(authDatabase, secret);
  return token && `${site.address}/account/first-admin/#${token}`;
}

interface Parts extends ServerOptions {
  readonly data: DataFolder;
  readonly secret: string;
  readonly build: Build;
  readonly state: ServerState;
  readonly metrics: Metrics;
  readonly observer: Observer;
}

interface Served {
  readonly listening: TerminalsOptions['listening'];
  readonly site: Site;
  readonly origins: Origins;
}

/** How the pages are reached, once they answer. */
async function serve(parts: Parts, endings: Endings): Promise<Result<Served, Refusal>> {
  const { configuration, projectFolder, data, log, state, build, metrics, observer } = parts;
  const snapshot = await snapshotPages(configuration.pagesFolder, data.file('pages'));
  if (!snapshot.ok) return snapshot;
  const listener = await createListener(configuration.tls);
  if (!listener.ok) return listener;
  const server = listener.value;
  const { host, publicOrigin, metricsToken, proxies, mail } = configuration;
  const wish = { host, port: configuration.port, given: configuration.portGiven };
  const port = await listenAsWished(server, wish, parts.person);
  endings.push(() => drain(server));
  if (!port.ok) return port;

  const scheme = configuration.tls ? 'https' : 'http';
  const origins = serverOrigins({ scheme, host, port: port.value, publicOrigin });
  const site = siteOf(origins, { mailByConsole: mail.provider === 'console' });
  const { party } = configuration.rooms;
  const sockets = party ? [socketOrigin(party.origin)] : [];
  const handler = requestHandler({
    state,
    build,
    origins,
    headers: securityHeaders({
      contentPolicy: contentPolicy(inlineScriptHashes(snapshot.value.pages), sockets),
      encrypted: site.secure,
    }),
    pages: pageHandler(snapshot.value.folder),
    connector: connectorFile(join(projectFolder, 'mt5', 'Offing.mq5'), site.address),
    metrics,
    metricsToken,
    publicOrigin,
    caller: { proxies, publicOrigin, secure: site.secure },
    observer,
    mailPreview: mail.preview,
    requests: requestLog(log, metrics, { secret: parts.secret, proxies }),
    log,
  });
  server.on('request', handler);
  server.on('upgrade', (request, socket: Duplex, head) => {
    const host = isTerminalsPath(request.url) ? state.terminals : state.rooms;
    if (!host || state.stopping) return refuseSocket(socket, 503);
    host.upgrade(request, socket, head);
  });
  return ok({ site, origins, listening: { scheme, host, port: port.value } });
}
