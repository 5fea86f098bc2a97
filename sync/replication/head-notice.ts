/**
 * Tells whoever listens in Postgres that an account has something new, once the transaction is
 * committed.
 *
 * The notice on channel `offing_heads` is JSON: `{ userId, prevHead, head, fragment? }`. Where all
 * that is new is one small fragment, it is in the notice, and whoever has `prevHead` needs not ask.
 */
import { sql } from 'drizzle-orm';
import { toWire, type WireFragment } from '#core/sync/fragment.ts';
import { MOST_INLINE_BYTES } from '#core/sync/live.ts';
import type { Queries } from '../database/queries.ts';
import type { StoredFragment } from './server-store.ts';

export const headsChannel = 'offing_heads';

export interface HeadNotice {
  readonly userId: string;
  readonly prevHead: number;
  readonly head: number;
  readonly fragment?: WireFragment;
}

export async function notifyHead(
  queries: Queries,
  news: Omit<HeadNotice, 'fragment'>,
  inserted: readonly StoredFragment[],
): Promise<void> {
  const fragment = inlineOf(news, inserted);
  const notice: HeadNotice = { ...news, ...(fragment && { fragment }) };
  await queries.execute(sql`select pg_notify(${headsChannel}, ${JSON.stringify(notice)})`);
}

function inlineOf(
  { prevHead, head }: Omit<HeadNotice, 'fragment'>,
  inserted: readonly StoredFragment[],
): WireFragment | null {
  const [only] = inserted;
  if (!only || inserted.length > 1 || head !== prevHead + 1) return null;
  const wire = toWire(only);
  return Buffer.byteLength(JSON.stringify(wire)) <= MOST_INLINE_BYTES ? wire : null;
}
