/**
 * Unexpected errors sent to Sentry, or to what understands its protocol, where an operator wants it.
 *
 * The client is handed a finished report made of what `describeError` lets through. None of its
 * integrations is installed: they patch Node, and collect headers, bodies, variables and the
 * lines of the log.
 */
import type { ErrorEvent, Exception, StackFrame } from '@sentry/node';
import { describeError, type DescribedError } from './log-error.ts';

export interface ReportContext {
  readonly requestId?: string;
  readonly procedure?: string;
  readonly job?: string;
}

export interface ErrorReports {
  /** Returns at once; a report that cannot be sent is lost, the log has it all the same. */
  report(error: unknown, context: ReportContext): void;
  /** Sends what waits, for up to two seconds. */
  close(): Promise<void>;
}

export interface ErrorReportOptions {
  /** Null for none. */
  readonly dsn: string | null;
  /** The share of errors to be sent, 0 to 1. */
  readonly sampleRatio: number;
  readonly release: string;
  readonly environmentName: string;
}

const flushMs = 2_000;

export async function createErrorReports(options: ErrorReportOptions): Promise<ErrorReports> {
  const { dsn, sampleRatio, release, environmentName } = options;
  if (dsn === null) return { report: () => undefined, close: async () => undefined };
  // Loaded only where it is wanted: it is large.
  const { defaultStackParser, makeNodeTransport, NodeClient, Scope } = await import('@sentry/node');
  const client = new NodeClient({
    dsn,
    sampleRate: sampleRatio,
    release,
    environment: environmentName,
    integrations: [],
    traceLifecycle: 'static',
    transport: makeNodeTransport,
    stackParser: (stack, skip) => defaultStackParser(stack, skip),
    includeServerName: false,
    sendClientReports: false,
    enableRuntimeChannelInjection: false,
    beforeSend: keepKnown,
    beforeBreadcrumb: () => null,
  });
  client.init();
  const framesOf = (frames: readonly string[]) =>
    defaultStackParser(frames.map((frame) => `    ${frame}`).join('\n'));
  return {
    report(error, context) {
      const event = asEvent(describeError(error), context, framesOf);
      client.captureEvent(event, undefined, new Scope());
    },
    async close() {
      await client.close(flushMs);
    },
  };
}

function asEvent(
  described: DescribedError,
  { requestId, procedure, job }: ReportContext,
  framesOf: (frames: readonly string[]) => StackFrame[],
): ErrorEvent {
  const name = procedure ?? job;
  return {
    type: undefined,
    level: 'error',
    platform: 'node',
    ...(name === undefined ? {} : { transaction: name }),
    tags: {
      ...(requestId === undefined ? {} : { requestId }),
      ...(procedure === undefined ? {} : { procedure }),
      ...(job === undefined ? {} : { job }),
    },
    exception: { values: causesFirst(described).map((part) => asException(part, framesOf)) },
  };
}

function causesFirst(described: DescribedError): readonly DescribedError[] {
  return [...(described.cause ? causesFirst(described.cause) : []), described];
}

function asException(
  { type, message, code, table, constraint, frames }: DescribedError,
  framesOf: (frames: readonly string[]) => StackFrame[],
): Exception {
  const about = { code, table, constraint };
  const said = Object.entries(about).filter(([, value]) => value !== undefined);
  const details = said.map(([name, value]) => `${name} ${value}`).join(', ');
  return {
    type,
    value: details === '' ? message : `${message} (${details})`,
    mechanism: { type: 'generic', handled: true },
    stacktrace: { frames: framesOf(frames) },
  };
}

/** Whatever the client may add of its own accord stays here. */
function keepKnown(event: ErrorEvent): ErrorEvent {
  const { event_id, timestamp, platform, level, release, environment, sdk } = event;
  const { transaction, tags, exception } = event;
  const known = { event_id, timestamp, platform, level, release, environment, sdk };
  const ours = { transaction, tags, exception };
  const set = Object.entries({ ...known, ...ours }).filter(([, value]) => value !== undefined);
  return { type: undefined, ...Object.fromEntries(set) };
}
