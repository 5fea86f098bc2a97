/** Everything that is noted of a call or a job: its time, its span, and an error nobody foresaw. */
import type { TRPCError } from '@trpc/server';
import type { ErrorCode } from '#core/errors.ts';
import type { ErrorReports, ReportContext } from './error-reports.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** What tRPC's `next()` answers: it does not throw. */
type CallAnswer = { readonly ok: true } | { readonly ok: false; readonly error: TRPCError };

/** What a job's handler answers. */
type JobAnswer = { readonly ok: true } | { readonly ok: false; readonly error: { code: string } };

export interface Observer {
  /** What `run` answers, noted; an error without a code of ours is logged and reported. */
  procedure<T extends CallAnswer>(
    path: string,
    requestId: string,
    run: () => Promise<T>,
  ): Promise<T>;
  /** What `run` answers, noted; what it throws is logged, reported and thrown on. */
  job<T extends JobAnswer>(name: string, requestId: string, run: () => Promise<T>): Promise<T>;
}

export interface ObserverOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly errorReports: ErrorReports;
  readonly tracing: Tracing;
  /** The code that a client is told. */
  readonly codeOf: (error: TRPCError) => ErrorCode;
}

/** Codes that stand for a bug or a broken part, not for something a caller did. */
const unforeseen: readonly ErrorCode[] = ['server.failed', 'work.crashed'];

export function createObserver(options: ObserverOptions): Observer {
  const { log, metrics, errorReports, tracing, codeOf } = options;
  const tell = (error: unknown, context: ReportContext, sentence: string) => {
    log.error({ ...context, err: error }, sentence);
    errorReports.report(error, context);
  };
  return {
    procedure(path, requestId, run) {
      const context = { requestId, procedure: path };
      return tracing.span(path, context, async (end) => {
        const startedMs = performance.now();
        const answer = await run();
        const outcome = answer.ok ? 'ok' : codeOf(answer.error);
        metrics.procedure({ procedure: path, outcome, seconds: secondsSince(startedMs) });
        end(outcome);
        if (!answer.ok && unforeseen.includes(codeOf(answer.error))) {
          tell(answer.error.cause ?? answer.error, context, 'a procedure failed');
        }
        return answer;
      });
    },
    job(name, requestId, run) {
      const context = { requestId, job: name };
      return tracing.span(name, context, async (end) => {
        const startedMs = performance.now();
        let outcome = 'crashed';
        try {
          const answer = await run();
          outcome = answer.ok ? 'ok' : answer.error.code;
          return answer;
        } catch (error) {
          tell(error, context, 'a job stopped unexpectedly');
          throw error;
        } finally {
          end(outcome);
          metrics.job({ job: name, outcome, seconds: secondsSince(startedMs) });
        }
      });
    },
  };
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1_000;
}
