/** The exchange for whoever calls: over the server's database, counted, each in a transaction. */
import { randomBytes, randomInt } from 'node:crypto';
import { faultOfFragment } from '#core/sync/acceptance.ts';
import type { Failure } from '#core/errors.ts';
import { bytesOfJson, MOST_OP_BYTES } from '#core/sync/fragment.ts';
import { deviceWords } from '#core/identity/device-words.ts';
import { MOST_AHEAD_MS, NODE_LENGTH } from '#core/sync/hlc.ts';
import {
  MOST_PUSH_BYTES,
  type PushAnswer,
  type PushRequest,
  type RegisterAnswer,
} from '#core/sync/protocol.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext } from '../call-context.ts';
import { usageOf } from './devices.ts';
import { push, register, type ExchangeNeeds } from './exchange.ts';
import { keepAccount, postgresStore, storeWithin, type ReplicaCaller } from './postgres-store.ts';
import type { ServerStore } from './server-store.ts';
import { countTraffic } from './traffic.ts';

type Run<T> = (store: ServerStore, needs: ExchangeNeeds, userId: string) => Promise<T>;

export function registering(ctx: PersonContext): Promise<Result<RegisterAnswer, Failure>> {
  return writing(ctx, callerOf(ctx), register);
}

/**
 * Errors: `server.request-too-large`, `limits.too-many-calls`, `account.not-found`.
 *
 * A replica fills its batches by their own measure, so that a push has some room beyond it.
 */
export async function pushing(
  ctx: PersonContext,
  request: PushRequest,
): Promise<Result<PushAnswer, Failure>> {
  const { ops, unsynced } = request;
  const bytes = bytesOfJson(ops);
  if (bytes > MOST_PUSH_BYTES + MOST_OP_BYTES) {
    return fail({ code: 'server.request-too-large', detail: 'Push less at once.' });
  }
  const { services, signedIn } = ctx;
  const traffic = { operations: ops.length, bytes };
  const counted = await countTraffic(ctx, services, signedIn.account.userId, traffic);
  if (!counted.ok) return counted;
  const answer = await writing(ctx, { ...callerOf(ctx), unsynced }, (store, needs, userId) =>
    push(store, needs, userId, request),
  );
  if (answer.ok && answer.value.kind === 'done') services.metrics.pushed(answer.value.outcomes);
  return answer;
}

/** Something to read, which is counted by what it holds. */
export async function answering<T extends object>(
  ctx: PersonContext,
  run: Run<T>,
): Promise<Result<T, Failure>> {
  const { database } = ctx.services;
  const { userId } = ctx.signedIn.account;
  const answer = await run(postgresStore(database, callerOf(ctx)), needsOf(ctx), userId);
  return countedAnswer(ctx, ok(answer));
}

/** Which part of what an account holds one look at it counts for. */
export type Share = 'digest' | 'bucket';
const parts: Readonly<Record<Share, number>> = { digest: 1 / 10, bucket: 1 / 100 };

/**
 * The same, of one moment, however many statements it takes, and counted also by what is looked
 * through: before that, and never by more than the same part of what may be counted in a minute, so
 * that the largest account is compared too.
 */
export async function comparing<T extends object>(
  ctx: PersonContext,
  share: Share,
  run: Run<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const { database, limits } = ctx.services;
  const { userId } = ctx.signedIn.account;
  const held = await usageOf(ctx);
  const bytes = Math.min(held.bytes, limits.transfer.minute * 1_000) * parts[share];
  const counted = await countTraffic(ctx, ctx.services, userId, { bytes });
  if (!counted.ok) return counted;
  const answer = await database.transaction(
    (queries) => run(storeWithin(queries, callerOf(ctx)), needsOf(ctx), userId),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  return countedAnswer(ctx, answer);
}

async function countedAnswer<T extends object>(
  ctx: PersonContext,
  answer: Result<T, Failure>,
): Promise<Result<T, Failure>> {
  if (!answer.ok) return answer;
  const { services, signedIn } = ctx;
  const bytes = aboutBytes(answer.value);
  const counted = await countTraffic(ctx, services, signedIn.account.userId, { bytes });
  return counted.ok ? answer : counted;
}

/** While the account cannot be deleted, so that nothing is left of what comes too late. */
async function writing<T>(
  ctx: PersonContext,
  caller: ReplicaCaller,
  run: Run<T>,
): Promise<Result<T, Failure>> {
  const { userId } = ctx.signedIn.account;
  return ctx.services.database.transaction(async (queries) => {
    if (!(await keepAccount(queries, userId))) {
      return fail({ code: 'account.not-found', detail: 'The account was deleted.' });
    }
    return ok(await run(storeWithin(queries, caller), needsOf(ctx), userId));
  });
}

function callerOf({ signedIn, visitor, nowMs }: PersonContext): ReplicaCaller {
  const { sessionId } = signedIn.session;
  return { sessionId, deviceName: deviceWords(visitor.userAgent), nowMs };
}

function needsOf({ nowMs, services }: PersonContext): ExchangeNeeds {
  return {
    nowMs: () => nowMs,
    randomToken,
    randomNode: () =>
      Array.from({ length: NODE_LENGTH }, () => randomInt(36).toString(36)).join(''),
    limits: { quotaBytes: services.quotaBytes, aheadMs: MOST_AHEAD_MS },
    faultOfFragment,
  };
}

/** Also for the purge, whose numbers have tokens too. */
export function randomToken(): string {
  return randomBytes(16).toString('base64url');
}

const sampleEvery = 16;

/** What the fragments of an answer take, judged by some of them. */
function aboutBytes(answer: object): number {
  const fragments =
    'fragments' in answer && Array.isArray(answer.fragments) ? answer.fragments : [];
  const sample = fragments.filter((_, place) => place % sampleEvery === 0);
  return sample.length === 0 ? 0 : (bytesOfJson(sample) * fragments.length) / sample.length;
}

const deepest = 64;

/** The value, or null where it is nested so deeply that it could not be written down again. */
export function withoutDepths(value: unknown): unknown {
  return isWithin(value, deepest) ? value : null;
}

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isWithin(each, levels - 1));
}
