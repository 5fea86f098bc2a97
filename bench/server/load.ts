/** What a crowd of callers does, and what it met; the calling itself is in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface LoadRequest {
  /** Which measurements the answer's time belongs to. */
  readonly label: string;
  /** The whole request as it goes over the wire. */
  readonly text: string;
  readonly status: number;
  /** What stands in the right answer and in no other. */
  readonly piece: string;
}

export interface LoadPlan {
  readonly address: string;
  /** What each connection asks, over and over, one request at a time. */
  readonly connections: readonly (readonly LoadRequest[])[];
  /** How much later each connection begins than the one before it. */
  readonly staggerMs?: number;
  readonly warmUpMs: number;
  /** A time, or a number of answers for each connection. */
  readonly until: { readonly ms: number } | { readonly answersEach: number };
}

export interface LoadResult {
  readonly answers: number;
  /** Answers that were not as expected, and connections that broke. */
  readonly errors: number;
  readonly firstError: string | null;
  readonly perSecond: number;
  /** In the order in which they came. */
  readonly latenciesMs: Readonly<Record<string, readonly number[]>>;
  /** The generator's own work: 1 is one core. */
  readonly cpuRatio: number;
}

export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load-process.ts'));
  child.send(plan);
  const ended = once(child, 'exit').then(() => null);
  const result = await Promise.race([once(child, 'message').then(([first]) => first), ended]);
  if (result === null) throw new Error('The load generator ended without a result.');
  await ended;
  return result as LoadResult;
}

/** A request for one of `connections`, kept alive. */
export function requestText(
  address: string,
  call: {
    readonly path: string;
    readonly cookie?: string;
    /** Makes it a POST. */
    readonly body?: unknown;
  },
): string {
  const { path, cookie, body } = call;
  const json = body === undefined ? '' : JSON.stringify(body);
  return [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    `Host: ${new URL(address).host}`,
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Accept: */*',
    'X-Offing-Client: bench',
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
    ...(json ? ['Content-Type: application/json', `Content-Length: ${json.length}`] : []),
    '',
    json,
  ].join('\r\n');
}

/** The value that so large a share of `values` does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
