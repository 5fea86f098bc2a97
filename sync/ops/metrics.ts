/** Figures for an operator's monitoring, in the Prometheus text format. */
import { timingSafeEqual, createHash } from 'node:crypto';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ErrorCode } from '#core/errors.ts';
import type { Outcome as ChangeOutcome } from '#core/sync/protocol.ts';
import { isLocalCall } from '../http/local-call.ts';
import type { LimitKind } from '../limits/limit-key.ts';

/** A few classes instead of paths, so that a stranger cannot make the series grow. */
export type RouteClass = 'page' | 'call' | 'health' | 'ready' | 'metrics' | 'live' | 'refused';

/** `ok`, or the code that the client was told. */
export type Outcome = 'ok' | ErrorCode;

export interface Metrics {
  readonly contentType: string;
  observe(request: { route: RouteClass; status: number; seconds: number }): void;
  procedure(call: { procedure: string; outcome: Outcome; seconds: number }): void;
  /** `outcome` is `ok` or a code from our own sources, of which there are few. */
  job(done: { job: string; outcome: string; seconds: number }): void;
  /** A mail that left or was given up. */
  mail(result: 'sent' | 'failed'): void;
  /** A call that was refused by a limit; said of each kind that it would have counted for. */
  limited(procedure: string, kind: LimitKind): void;
  /** How many devices are in rooms of this process. */
  live(devices: number): void;
  /** What became of the changes of a push. */
  pushed(outcomes: readonly ChangeOutcome[]): void;
  /** What a bot said of itself: a word of our own sources, of which there are few. */
  bot(event: string): void;
  /** How many bots this process runs. */
  bots(count: number): void;
  text(): Promise<string>;
}

/**
 * A registry of its own, so that two servers in one process do not share figures.
 *
 * `procedures` are the paths of the router; any other counts as `unknown`.
 */
export function createMetrics(procedures: readonly string[] = []): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'offing_http_request_seconds',
    help: 'Time from the request line to the end of the answer.',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const calls = new Histogram({
    name: 'offing_procedure_seconds',
    help: 'Time a procedure took, by its outcome: ok or the code of the failure.',
    labelNames: ['procedure', 'outcome'],
    buckets: [0.002, 0.01, 0.05, 0.2, 1, 5],
    registers,
  });
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const jobs = new Histogram({
    name: 'offing_job_seconds',
    help: 'Time one try of a job took, by its outcome.',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.1, 1, 10, 60],
    registers,
  });
  const mails = counter('offing_mails_total', 'Mails that left or were given up.', ['result']);
  const limited = counter('offing_limited_calls_total', 'Calls refused by a limit.', [
    'procedure',
    'kind',
  ]);
  const devices = new Gauge({
    name: 'offing_live_devices',
    help: 'Devices that are told at once when there is something to pull.',
    registers,
  });
  const changes = counter('offing_changes_total', 'Changes of devices, by what became of them.', [
    'outcome',
  ]);
  const botEvents = counter('offing_bot_events_total', 'What bots said of themselves.', ['event']);
  const botCount = new Gauge({
    name: 'offing_bots',
    help: 'Bots that this process runs.',
    registers,
  });
  const known = new Set(procedures);
  const named = (procedure: string) => (known.has(procedure) ? procedure : 'unknown');
  return {
    contentType: registry.contentType,
    observe: ({ route, status, seconds }) =>
      requests.observe({ route, status: String(status) }, seconds),
    procedure: ({ procedure, outcome, seconds }) =>
      calls.observe({ procedure: named(procedure), outcome }, seconds),
    job: ({ job, outcome, seconds }) => jobs.observe({ job, outcome }, seconds),
    mail: (result) => mails.inc({ result }),
    limited: (procedure, kind) => limited.inc({ procedure: named(procedure), kind }),
    live: (count) => devices.set(count),
    pushed(outcomes) {
      for (const outcome of outcomes) changes.inc({ outcome });
    },
    bot: (event) => botEvents.inc({ event }),
    bots: (count) => botCount.set(count),
    text: () => registry.metrics(),
  };
}

/**
 * Whether the caller may read the figures: by the token where one is set, else from this
 * machine, unless a public address is served, when a proxy's callers all look local.
 */
export function mayReadMetrics(
  request: Parameters<typeof isLocalCall>[0],
  options: { readonly token: string | null; readonly publicOrigin: string | null },
): boolean {
  if (options.token !== null) {
    const given = request.headers.authorization ?? '';
    return timingSafeEqual(digest(given), digest(`Bearer ${options.token}`));
  }
  return isLocalCall(request, options.publicOrigin);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
