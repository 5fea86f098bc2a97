/** JSON lines on standard error, one an event; standard output is left to people. */
import { destination, pino, type Logger } from 'pino';
import type { LogLevel } from '../configuration.ts';

export type Log = Logger;

/** Written at once, so that the last words of a dying process are not lost. */
export function createLog(level: LogLevel): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"atMs":${Date.now()}`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination({ fd: 2, sync: true }));
}
