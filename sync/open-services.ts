/** Makes everything procedures work with, once the database is open, and ends it again. */
import { setInterval } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';
import { ok, type Result } from '#core/result.ts';
import { createPushes, pushQueue } from './alerts/pushes.ts';
import { startPushes } from './alerts/push-delivery.ts';
import { postPush } from './alerts/push-post.ts';
import { createAuditTrail } from './audit/audit-trail.ts';
import { anchorHeads } from './audit/anchor.ts';
import { openBotThread } from './automation/bot-thread.ts';
import { openCodeThreads, usualThreads } from './automation/code-threads.ts';
import { removeUnconfirmed } from './auth/remove-account.ts';
import { removeExpired } from './auth/expiry.ts';
import { settingsFinder } from './auth/account-settings.ts';
import { createPasswords } from './auth/passwords.ts';
import { sessionFinder } from './auth/session-adapter.ts';
import type { Configuration } from './configuration.ts';
import type { DataFolder } from './data/data-folder.ts';
import type { Database } from './database/database.ts';
import { openJobs } from './jobs/jobs.ts';
import { createLimiter } from './limits/limiter.ts';
import { startDelivery, type DeliveryOptions } from './mail/delivery.ts';
import { createMailer } from './mail/mailer.ts';
import { mailQueue, mailSweepQueue } from './mail/mail-queues.ts';
import { openMarket } from './market/market.ts';
import { sweepMarket } from './market/sweep.ts';
import type { Log } from './ops/log.ts';
import type { Metrics } from './ops/metrics.ts';
import type { Observer } from './ops/observer.ts';
import type { Refusal } from './refusal.ts';
import { createSecretStore } from './secrets/secret-store.ts';
import { ticketMaker } from './rooms/open-rooms.ts';
import type { Services, Site } from './services.ts';
import { offeredExchanges } from './terminals/connector-hosts.ts';
import { jittered } from './terminals/jitter.ts';
import { openTerminalRegistry, type TerminalRegistry } from './terminals/terminals.ts';
import { checkKeys } from './vault/key-check.ts';
import { openKeyRing } from './vault/key-ring.ts';
import { createVault } from './vault/vault.ts';
import { randomToken } from './replication/person-exchange.ts';
import { sweepReplication } from './replication/sweep.ts';
import { anchorQueue, replicaSweepQueue, sweepQueue } from './housekeeping-queues.ts';

export interface ServiceOptions {
  readonly configuration: Configuration;
  readonly data: DataFolder;
  readonly database: Database;
  readonly site: Site;
  readonly secret: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly observer: Observer;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface OpenServices {
  readonly services: Services;
  /** What terminals come into, once there is a way in. */
  readonly registry: TerminalRegistry;
  close(): Promise<void>;
}

const clearLimitsMs = 600_000;

export async function openServices(
  options: ServiceOptions,
): Promise<Result<OpenServices, Refusal>> {
  const { configuration, data, database, site, secret, log, signal } = options;
  const ring = await openKeyRing({
    file: data.file('vault-keys.json'),
    given: configuration.vaultKeys,
    absent: 'make',
    nowMs: Date.now(),
  });
  if (!ring.ok) return ring;
  const readable = await checkKeys(database.app, ring.value);
  if (!readable.ok) return readable;
  const vault = createVault(ring.value);
  const jobs = await openJobs({
    url: database.ownerUrl,
    queues: [mailQueue, mailSweepQueue, pushQueue, sweepQueue, anchorQueue, replicaSweepQueue],
    log,
    signal,
  });
  if (!jobs.ok) return jobs;
  const limiter = createLimiter(database.auth);
  const codeThreads = openCodeThreads({ open: openBotThread, ...usualThreads });
  const registry = openTerminalRegistry({
    paperIsOffered: configuration.paperIsOffered,
    exchanges: offeredExchanges,
    now: Date.now,
  });
  const services: Services = {
    database: database.app,
    authDatabase: database.auth,
    findSession: sessionFinder(database.auth),
    findSettings: settingsFinder(database.app),
    passwords: createPasswords(),
    vault,
    audit: createAuditTrail({ vault }),
    secrets: createSecretStore({ vault }),
    limiter,
    limits: configuration.limits,
    quotaBytes: configuration.quotaBytes,
    mailer: createMailer({ vault, jobs: jobs.value }),
    pushes: createPushes({ jobs: jobs.value }),
    metrics: options.metrics,
    terminals: registry,
    codeThreads,
    market: openMarket({
      settings: configuration.market,
      database: database.app,
      terminals: registry,
      clock: { now: Date.now, wait: (ms) => wait(ms), jittered },
    }),
    liveTicket: await ticketMaker(secret, configuration.rooms),
    secret,
    site,
  };
  await startWork(options, services, jobs.value);
  const clearing = setInterval(() => {
    limiter.clearOld(Date.now()).catch((error: unknown) => log.warn({ err: error }, 'limits kept'));
  }, clearLimitsMs);
  return ok({
    services,
    registry,
    async close() {
      clearInterval(clearing);
      codeThreads.close();
      await jobs.value.close();
    },
  });
}

/** What goes on without being asked: mail, the hourly sweep, the daily anchor of the trails. */
async function startWork(
  { configuration, data, site, metrics, observer, say }: ServiceOptions,
  services: Services,
  jobs: DeliveryOptions['jobs'],
): Promise<void> {
  const { database, vault } = services;
  const { mail } = configuration;
  const watched: typeof jobs = {
    schedule: jobs.schedule,
    work: (queue, handler) =>
      jobs.work(queue, (job, context) =>
        observer.job(queue.name, context.requestId, () => handler(job, context)),
      ),
  };
  await startDelivery({
    jobs: watched,
    database,
    vault,
    sender: mail.openSender({
      say,
      isTerminal: process.stdout.isTTY,
      outboxUrl: `${site.address}/admin/`,
    }),
    from: mail.from,
    productUrl: site.address,
    now: Date.now,
    onMail: (_, outcome) => metrics.mail(outcome),
  });
  const isPublic = site.address.startsWith('https:');
  await startPushes({
    ...{ jobs: watched, database, vault, findSettings: services.findSettings, post: postPush },
    subject: isPublic ? site.address : `mailto:${mail.from.address}`,
    now: Date.now,
  });
  await watched.work(sweepQueue, async () => {
    await removeUnconfirmed(database, services.audit, Date.now());
    await removeExpired(database, Date.now());
    await sweepMarket(database, Date.now());
    return ok(undefined);
  });
  await watched.schedule(sweepQueue, '41 * * * *', {});
  await watched.work(replicaSweepQueue, async (_, { signal }) => {
    await sweepReplication(database, { nowMs: Date.now(), randomToken, signal });
    return ok(undefined);
  });
  await watched.schedule(replicaSweepQueue, '23 2 * * *', {});
  await watched.work(anchorQueue, async (_, { log }) => {
    const anchored = await anchorHeads({ database, dataFolder: data.path, nowMs: Date.now() });
    if (!anchored.ok) log.error({ sentence: anchored.error.sentence }, 'trails are not anchored');
    return ok(undefined);
  });
  await watched.schedule(anchorQueue, '7 0 * * *', {});
}
