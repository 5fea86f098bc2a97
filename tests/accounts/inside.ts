/** The server's own parts in the test's process, so that a test holds the clock and the database. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { defaultLimits } from '../../core/identity/limit-classes.ts';
import { createPushes, pushQueue } from '../../sync/alerts/pushes.ts';
import { createAuditTrail } from '../../sync/audit/audit-trail.ts';
import { openCodeThreads, usualThreads } from '../../sync/automation/code-threads.ts';
import { openBotThread } from '../../sync/automation/bot-thread.ts';
import { createPasswords, type Passwords } from '../../sync/auth/passwords.ts';
import { sessionFinder } from '../../sync/auth/session-adapter.ts';
import { findSession } from '../../sync/auth/sessions.ts';
import type { PersonContext, ReadyContext } from '../../sync/call-context.ts';
import { appRole, connect } from '../../sync/database/connection.ts';
import { openJobs } from '../../sync/jobs/jobs.ts';
import { createLimiter } from '../../sync/limits/limiter.ts';
import { openMarket } from '../../sync/market/market.ts';
import { createMailer } from '../../sync/mail/mailer.ts';
import { createMetrics } from '../../sync/ops/metrics.ts';
import { mailQueue } from '../../sync/mail/mail-queues.ts';
import { createSecretStore } from '../../sync/secrets/secret-store.ts';
import type { Services } from '../../sync/services.ts';
import { settingsFinder } from '../../sync/auth/account-settings.ts';
import { openKeyRing } from '../../sync/vault/key-ring.ts';
import { openTerminalRegistry } from '../../sync/terminals/terminals.ts';
import { createVault } from '../../sync/vault/vault.ts';

export interface Inside {
  readonly services: Services;
  /** Of a device with these cookies, which the call may change. */
  context(cookies?: Map<string, string>, nowMs?: number): ReadyContext;
  /** The same of somebody signed in; fails the test where nobody is. */
  person(cookies: Map<string, string>, nowMs?: number): Promise<PersonContext>;
  close(): Promise<void>;
}

export interface InsideOptions {
  /** How procedures reach the database. */
  readonly url: string;
  /** How the job queue does, where that differs. */
  readonly jobsUrl?: string;
  readonly vaultKeys?: string;
  readonly secret?: string;
  readonly passwords?: Passwords;
}

const site = {
  address: 'http://localhost:5170',
  origins: ['http://localhost:5170'],
  secure: false,
  passkeyHost: 'localhost',
  mailByConsole: true,
};

export async function openInside(options: InsideOptions): Promise<Inside> {
  const vaultKeys = options.vaultKeys ?? `test:${randomBytes(32).toString('hex')}`;
  const ring = await openKeyRing({ file: '', given: vaultKeys, absent: 'refuse', nowMs: 0 });
  if (!ring.ok) throw new Error(ring.error.sentence);
  const vault = createVault(ring.value);
  const log = pino({ level: 'silent' });
  const jobs = await openJobs({
    url: options.jobsUrl ?? options.url,
    queues: [mailQueue, pushQueue],
    log,
  });
  if (!jobs.ok) throw new Error(jobs.error.sentence);
  const pool = connect(options.url, { name: 'inside', most: 3, role: appRole });
  const { database } = pool;
  const terminals = openTerminalRegistry({
    ...{ paperIsOffered: true, exchanges: [], now: Date.now },
  });
  const services: Services = {
    database,
    authDatabase: database,
    findSession: sessionFinder(database),
    findSettings: settingsFinder(database),
    passwords: options.passwords ?? createPasswords(),
    vault,
    audit: createAuditTrail({ vault }),
    secrets: createSecretStore({ vault }),
    limiter: createLimiter(database),
    limits: { ...defaultLimits, auth: { minute: 1_000_000, hour: 1_000_000 } },
    mailer: createMailer({ vault, jobs: jobs.value }),
    pushes: createPushes({ jobs: jobs.value }),
    metrics: createMetrics(),
    terminals,
    codeThreads: openCodeThreads({ open: openBotThread, ...usualThreads }),
    market: openMarket({
      ...{ settings: [], database, terminals },
      clock: { now: Date.now, wait: (ms) => wait(ms), jittered: (ms) => ms },
    }),
    liveTicket: () => Promise.reject(new Error('There are no rooms here.')),
    quotaBytes: 100_000_000,
    secret: options.secret ?? randomBytes(32).toString('hex'),
    site,
  };
  const context: Inside['context'] = (cookies = new Map(), nowMs = Date.now()) =>
    contextOf(services, cookies, nowMs);
  return {
    services,
    context,
    async person(cookies, nowMs) {
      const ctx = context(cookies, nowMs);
      const token = cookies.get('session') ?? '';
      const signedIn = await findSession(database, services.findSession, token, ctx.nowMs);
      if (!signedIn) throw new Error('Nobody is signed in.');
      return { ...ctx, signedIn };
    },
    async close() {
      await jobs.value.close();
      await pool.close();
    },
  };
}

function contextOf(services: Services, cookies: Map<string, string>, nowMs: number): ReadyContext {
  return {
    build: { productVersion: '0', buildId: '0' },
    database: null,
    services,
    observer: {
      procedure: (_path, _requestId, run) => run(),
      job: (_name, _requestId, run) => run(),
    },
    nowMs,
    requestId: randomUUID(),
    visitor: { address: '127.0.0.1', userAgent: 'a test' },
    hostname: 'localhost',
    isLocal: true,
    credentials: {
      session: cookies.get('session') ?? null,
      device: cookies.get('device') ?? null,
      bearer: null,
    },
    setCookie(which, value) {
      if (value === null) cookies.delete(which);
      else cookies.set(which, value);
    },
    retryAfter: () => undefined,
  };
}
