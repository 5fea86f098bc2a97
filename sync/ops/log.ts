/** JSON lines on standard error, one an event; standard output is left to people. */
import { destination, pino, type DestinationStream, type Logger, type LogFn } from 'pino';
import type { LogLevel } from '../configuration.ts';
import { redact } from './redact.ts';

export type Log = Logger;

/**
 * Written at once, so that the last words of a dying process are not lost.
 *
 * Whatever is logged passes `redact` first: fields, messages, errors and what a child adds to
 * each of its lines. `to` takes the lines elsewhere.
 */
export function createLog(
  level: LogLevel,
  to: DestinationStream = destination({ fd: 2, sync: true }),
): Log {
  const log: Log = pino(
    {
      level,
      base: null,
      timestamp: () => `,"atMs":${Date.now()}`,
      formatters: { level: (label: string) => ({ level: label }) },
      // Errors are described before they get here.
      serializers: { err: (described: unknown) => described },
      hooks: { logMethod: writeRedacted },
    },
    to,
  );
  redactChildren(log);
  return log;
}

function writeRedacted(this: Log, given: Parameters<LogFn>, write: LogFn): void {
  const [first, ...rest] = given as unknown[];
  const fields = first instanceof Error ? { err: first } : first;
  const hasMessage = first instanceof Error && rest.length === 0;
  const clean = [fields, ...(hasMessage ? ['an error'] : rest)].map((part) => redact(part));
  write.apply(this, clean as Parameters<LogFn>);
}

/** pino has no hook for what a child is given. */
function redactChildren(log: Log): void {
  const makeChild = log.child;
  log.child = function (this: Log, bindings, options) {
    return makeChild.call(this, redact(bindings) as typeof bindings, options);
  } as typeof log.child;
}
