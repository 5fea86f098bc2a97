import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { TRPCError } from '@trpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import { createErrorReports } from './error-reports.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createObserver } from './observer.ts';
import { createTracing } from './tracing.ts';

/** A server that keeps every byte it is sent, as Sentry or a collector of traces would be. */
async function startReceiver() {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const isGzip = request.headers['content-encoding'] === 'gzip';
      const headers = JSON.stringify(request.rawHeaders);
      received.push(`${request.url}\n${headers}\n${(isGzip ? gunzipSync(body) : body).toString()}`);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  endings.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { host: `127.0.0.1:${port}`, text: () => received.join('\n') };
}

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  while (endings.length > 0) await endings.pop()!();
});

const release = { release: '0.0.0-test', environmentName: 'test' };

async function startObserver(where: { sentry: string | null; collector: string | null }) {
  const lines: string[] = [];
  const dsn = where.sentry === null ? null : `http://abc123@${where.sentry}/1`;
  const endpoint = where.collector === null ? null : `http://${where.collector}/`;
  const metrics = createMetrics(['auth.signIn']);
  const errorReports = await createErrorReports({ dsn, sampleRatio: 1, ...release });
  const tracing = await createTracing({ endpoint, sampleRatio: 1, ...release });
  const observer = createObserver({
    log: createLog('info', { write: (line: string) => lines.push(line) }),
    metrics,
    errorReports,
    tracing,
    codeOf: (error) => (error.code === 'UNAUTHORIZED' ? 'auth.credentials-wrong' : 'server.failed'),
  });
  const close = async () => {
    await errorReports.close();
    await tracing.close();
  };
  return { observer, metrics, log: () => lines.join(''), close };
}

const canary = 'canary-hunter2';
const canaries = {
  token: `0b0e8400-e29b-41d4-a716-446655440000.${'Zx9'.repeat(15)}`,
  key: 'a1'.repeat(32),
  address: 'canary@example.com',
  password: canary,
};

function loadedError(): Error {
  const params = [canary];
  const cause = Object.assign(new Error(`Failed query: select $1\nparams: ${canary}`), {
    query: 'select $1',
    params,
    cause: Object.assign(new Error(`Key (email)=(${canary})`), {
      name: 'PostgresError',
      code: '22023',
      message: `wrong "${canary}"`,
      detail: canary,
    }),
  });
  const message = `${canaries.token} ${canaries.key} of ${canaries.address}, password: ${canary}`;
  return Object.assign(new RangeError(message, { cause }), {
    extra: canaries,
    headers: { cookie: canary, authorization: canary },
    user: { email: canaries.address },
  });
}

async function failingCall(where: { sentry: string | null; collector: string | null }) {
  const started = await startObserver(where);
  const error = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: loadedError() });
  const answer = { ok: false, error } as const;
  const got = await started.observer.procedure('auth.signIn', 'request-7', async () => answer);
  expect(got).toBe(answer);
  await started.close();
  return started;
}

function expectNoCanary(text: string) {
  for (const secret of Object.values(canaries)) expect(text).not.toContain(secret);
}

describe('a call that failed unexpectedly', () => {
  it('is reported with its type, procedure, request and frames, and nobody’s data', async () => {
    const sentry = await startReceiver();
    await failingCall({ sentry: sentry.host, collector: null });
    const text = sentry.text();
    expect(text).toContain('/api/1/envelope/');
    for (const told of ['RangeError', 'auth.signIn', 'request-7', '22023', 'observer.test.ts']) {
      expect(text).toContain(told);
    }
    expect(text).toContain('0.0.0-test');
    expectNoCanary(text);
  });

  it('is traced with its procedure, request and outcome, and nobody’s data', async () => {
    const collector = await startReceiver();
    await failingCall({ sentry: null, collector: collector.host });
    const text = collector.text();
    expect(text).toContain('/v1/traces');
    for (const told of ['auth.signIn', 'request-7', 'server.failed']) expect(text).toContain(told);
    expectNoCanary(text);
  });

  it('is logged and counted, and sent nowhere where nothing is set', async () => {
    const { log, metrics } = await failingCall({ sentry: null, collector: null });
    expect(log()).toContain('"requestId":"request-7"');
    expect(log()).toContain('RangeError');
    expectNoCanary(log());
    expect(await metrics.text()).toContain(
      'offing_procedure_seconds_count{procedure="auth.signIn",outcome="server.failed"} 1',
    );
  });
});

describe('a call', () => {
  it('that ends as foreseen is counted by its code, and neither logged nor reported', async () => {
    const sentry = await startReceiver();
    const { observer, metrics, log, close } = await startObserver({
      sentry: sentry.host,
      collector: null,
    });
    const error = new TRPCError({ code: 'UNAUTHORIZED' });
    await observer.procedure('auth.signIn', 'request-1', async () => ({ ok: false, error }));
    await observer.procedure('auth.signIn', 'request-2', async () => ({ ok: true }));
    await close();
    const figures = await metrics.text();
    expect(figures).toContain('outcome="auth.credentials-wrong"} 1');
    expect(figures).toContain(
      'offing_procedure_seconds_count{procedure="auth.signIn",outcome="ok"} 1',
    );
    expect(log()).toBe('');
    expect(sentry.text()).toBe('');
  });

  it('of a path that the router has not makes no series of its own', async () => {
    const { observer, metrics } = await startObserver({ sentry: null, collector: null });
    for (const path of ['made.up', 'x'.repeat(99)]) {
      await observer.procedure(path, 'request-1', async () => ({ ok: true }));
    }
    const figures = await metrics.text();
    expect(figures).not.toContain('made.up');
    expect(figures).toContain('offing_procedure_seconds_count{procedure="unknown",outcome="ok"} 2');
  });
});

describe('a job', () => {
  it('is timed by its code; what it throws is logged, reported and thrown on', async () => {
    const [sentry, collector] = [await startReceiver(), await startReceiver()];
    const { observer, metrics, log, close } = await startObserver({
      sentry: sentry.host,
      collector: collector.host,
    });
    const failed = { ok: false, error: { code: 'mail.refused' } } as const;
    expect(await observer.job('mail', 'request-1', async () => failed)).toBe(failed);
    const thrown = loadedError();
    const run = observer.job('mail', 'request-2', () => Promise.reject(thrown));
    await expect(run).rejects.toBe(thrown);
    await close();
    const figures = await metrics.text();
    expect(figures).toContain('offing_job_seconds_count{job="mail",outcome="mail.refused"} 1');
    expect(figures).toContain('offing_job_seconds_count{job="mail",outcome="crashed"} 1');
    expect(log()).toContain('request-2');
    expect(sentry.text()).toContain('request-2');
    expect(sentry.text()).not.toContain('request-1');
    for (const told of ['mail.refused', 'crashed', 'request-1', 'request-2']) {
      expect(collector.text()).toContain(told);
    }
    expectNoCanary(log() + sentry.text() + collector.text());
  });

  it('within a call belongs to the trace of the call', async () => {
    const collector = await startReceiver();
    const { observer, close } = await startObserver({ sentry: null, collector: collector.host });
    await observer.procedure('auth.signIn', 'request-1', () =>
      observer.job('clear', 'request-1', async () => ({ ok: true })),
    );
    await close();
    const ids = [...collector.text().matchAll(/"traceId":"([0-9a-f]{32})"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});
