/**
 * The calls of a replica to its server, whose failures are values.
 *
 * Plain requests as tRPC answers them: the client of tRPC would be carried by the worker for
 * a few procedures. A body above 1 kB travels packed. What is called fails with
 * `server.unavailable` where nothing answered, `auth.sign-in-needed` where nobody is signed in,
 * or what the server says; `retryAfterMs` among the figures is how long it wants to be left alone.
 */
import { readShape, type Shape } from '#core/collections/shape.ts';
import type { ErrorCode, Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { LiveTicket } from '#core/sync/live.ts';
import type {
  BootstrapAnswer,
  BootstrapRequest,
  BucketAnswer,
  BucketRequest,
  DigestAnswer,
  DigestRequest,
  PullAnswer,
  PullRequest,
  PushAnswer,
  PushRequest,
  RegisterAnswer,
  Sealing,
} from '#core/sync/protocol.ts';
import {
  bootstrapAnswer,
  bucketAnswer,
  digestAnswer,
  failedCall,
  pullAnswer,
  pushAnswer,
  registerAnswer,
  sealing,
  sessionAnswer,
  ticketAnswer,
} from './answers.ts';

export type Answered<T> = Promise<Result<T, Failure>>;

export interface ReplicaServer {
  /** For the account `userId`; another one's session is `auth.sign-in-needed`. */
  register(userId: string): Answered<RegisterAnswer>;
  /** How the data of this account are kept now; as above. */
  sealing(userId: string): Answered<Sealing>;
  push(request: PushRequest): Answered<PushAnswer>;
  pull(request: PullRequest): Answered<PullAnswer>;
  bootstrap(request: BootstrapRequest): Answered<BootstrapAnswer>;
  digest(request: DigestRequest): Answered<DigestAnswer>;
  bucket(request: BucketRequest): Answered<BucketAnswer>;
  /** A way to be told when there is something to pull. */
  ticket(): Answered<LiveTicket>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export const clientHeader = { 'x-offing-client': 'web' } as const;
const patienceMs = 60_000;
const packedFromBytes = 1_000;

/** The procedures of the server at `origin`: empty = that of the page. */
export function replicaServer(fetch: Fetch, origin = ''): ReplicaServer {
  const ask = <T>(path: string, input: unknown, shape: Shape<T>) =>
    call(fetch, { url: `${origin}/trpc/${path}`, input, shape });

  /** A session that changed hands meanwhile would give this device's data to another account. */
  async function isSessionOf(userId: string): Answered<boolean> {
    const me = await get(fetch, `${origin}/trpc/auth.me`, sessionAnswer);
    return me.ok ? ok(me.value.account?.userId === userId) : me;
  }
  async function only<T>(userId: string, act: () => Answered<T>): Answered<T> {
    const before = await isSessionOf(userId);
    if (!before.ok) return before;
    if (!before.value) return fail(otherSession);
    const answer = await act();
    const after = await isSessionOf(userId);
    if (!after.ok) return after;
    return after.value ? answer : fail(otherSession);
  }
  return {
    register: (userId) => only(userId, () => ask('replication.register', {}, registerAnswer)),
    sealing: (userId) => only(userId, () => get(fetch, `${origin}/trpc/encryption.state`, sealing)),
    async push(request) {
      const answer = await ask('replication.push', request, pushAnswer);
      const isWhole =
        !answer.ok ||
        answer.value.kind !== 'done' ||
        answer.value.outcomes.length === request.ops.length;
      return isWhole ? answer : fail(unavailable('outcomes of other changes'));
    },
    pull: (request) => ask('replication.pull', request, pullAnswer),
    bootstrap: (request) => ask('replication.bootstrap', request, bootstrapAnswer),
    digest: (request) => ask('replication.digest', request, digestAnswer),
    bucket: (request) => ask('replication.bucket', request, bucketAnswer),
    ticket: () => ask('live.ticket', {}, ticketAnswer),
  };
}

const otherSession: Failure = {
  code: 'auth.sign-in-needed',
  detail: 'The account of these data is not signed in.',
};

interface Call<T> {
  readonly url: string;
  readonly input: unknown;
  readonly shape: Shape<T>;
}

async function call<T>(fetch: Fetch, { url, input, shape }: Call<T>): Answered<T> {
  const json = JSON.stringify(input);
  const isPacked = json.length > packedFromBytes;
  return answerOf(shape, async () =>
    fetch(url, {
      method: 'POST',
      headers: {
        ...clientHeader,
        'content-type': 'application/json',
        ...(isPacked && { 'content-encoding': 'gzip' }),
      },
      body: isPacked ? await packed(json) : json,
      signal: AbortSignal.timeout(patienceMs),
    }),
  );
}

function get<T>(fetch: Fetch, url: string, shape: Shape<T>): Answered<T> {
  const signal = AbortSignal.timeout(patienceMs);
  return answerOf(shape, () => fetch(url, { headers: clientHeader, signal }));
}

async function packed(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

async function answerOf<T>(shape: Shape<T>, send: () => Promise<Response>): Answered<T> {
  let body: unknown;
  try {
    body = await (await send()).json();
  } catch {
    // No network, no server, or something between that speaks no JSON.
    return fail(unavailable('no answer'));
  }
  const data = member(member(body, 'result'), 'data');
  if (data === undefined) return fail(failureOf(member(member(body, 'error'), 'data')));
  const read = readShape(data, 'answer', shape);
  return 'value' in read ? ok(read.value) : fail(unavailable(read.fault));
}

function failureOf(data: unknown): Failure {
  const read = readShape(data, 'error', failedCall);
  if ('fault' in read) return unavailable(read.fault);
  const waitMs = read.value.figures?.['retryAfterMs'];
  return {
    // A code newer than this version is told as it is.
    code: read.value.failure as ErrorCode,
    detail: '',
    ...(typeof waitMs === 'number' && { figures: { retryAfterMs: waitMs } }),
  };
}

function unavailable(detail: string): Failure {
  return { code: 'server.unavailable', detail };
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
