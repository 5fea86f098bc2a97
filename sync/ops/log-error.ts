/**
 * What may be said of an error: its type, code and frames, and a message that holds nobody's data.
 *
 * Only what is named here is taken over. An error's other properties, such as the parameters of
 * a query or the row that Postgres quotes, stay behind; so does the head of its stack, which
 * repeats the message.
 */
import { scrub } from './scrub.ts';

export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** The place in the database: never a value. */
  readonly table?: string;
  readonly constraint?: string;
  /** Innermost first, `at …` as in a stack. */
  readonly frames: readonly string[];
  readonly cause?: DescribedError;
}

const deepestCause = 4;
const mostFrames = 30;

export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) {
    return {
      type: typeof error,
      message: 'Something that is not an error was thrown.',
      frames: [],
    };
  }
  const about = new Map(Object.entries(error));
  const code = safeCode(about.get('code'));
  const table = identifier(about.get('table_name'));
  const constraint = identifier(about.get('constraint_name'));
  const { cause } = error;
  const hasCause = cause !== undefined && cause !== null && depth < deepestCause;
  return {
    type: identifier(error.name) ?? 'Error',
    message: safeMessage(error, about),
    ...(code === null ? {} : { code }),
    ...(table === null ? {} : { table }),
    ...(constraint === null ? {} : { constraint }),
    frames: stackFrames(error),
    ...(hasCause ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

/** Ours, Node's, a SQLSTATE or a number as small as an exit code; not one that somebody typed. */
export function safeCode(value: unknown): string | null {
  if (typeof value === 'number') return value >= 0 && value < 256 ? String(value) : null;
  if (typeof value !== 'string') return null;
  const isKnown =
    /^[a-z-]{2,30}(\.[a-z-]{2,40})?$/.test(value) ||
    /^(E[A-Z0-9]{2,20}|ERR_[A-Z0-9_]{2,60}|UND_ERR_[A-Z_]{2,40}|CONNECT[A-Z_]{2,40})$/.test(
      value,
    ) ||
    /^[0-9A-Z]{5}$/.test(value);
  return isKnown || isTransportCode(value) ? value : null;
}

/** tRPC's, `INTERNAL_SERVER_ERROR`. */
function isTransportCode(value: string): boolean {
  return /^[A-Z]{2,20}(_[A-Z]{2,20}){1,4}$/.test(value);
}

function identifier(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z][\w$]{0,79}$/.test(value) ? scrub(value) : null;
}

function safeMessage(error: Error, about: ReadonlyMap<string, unknown>): string {
  if (about.has('query') && about.has('params')) return 'A query failed.';
  if (error.name === 'PostgresError') return postgresMessage(error.message, about.get('code'));
  // Both quote what they could not read.
  if (error instanceof SyntaxError) return 'A text could not be read.';
  if (/^\$?ZodError$/.test(error.name)) return 'A value has not the shape it should have.';
  return scrub(error.message);
}

/** A violated constraint and a wrong name in a query quote our own names, all others may quote data. */
function postgresMessage(message: string, code: unknown): string {
  const namesOurs = typeof code === 'string' && /^(23|42)/.test(code);
  return scrub(namesOurs ? message : message.replace(/".*"/gs, '"…"'));
}

const frame = /^\s+at .{1,500}(:\d+:\d+|<anonymous>|native|index \d+)\)?$/;

/** The lines at the end that are frames; those before them are the message, whatever it looks like. */
function stackFrames({ stack = '', message }: Error): readonly string[] {
  const messageAt = stack.indexOf(message);
  const lines = (messageAt < 0 ? stack : stack.slice(messageAt + message.length)).split('\n');
  const last = lines.findLastIndex((line) => !frame.test(line));
  return lines.slice(last + 1, last + 1 + mostFrames).map((line) => scrub(line.trim()));
}
