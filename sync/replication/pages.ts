/** What a replica reads: the changes after its cursor, or at first all that there was, newest first. */
import { bytesOfJson, MOST_OP_BYTES, toWire, type WireFragment } from '#core/sync/fragment.ts';
import {
  MOST_PAGE_BYTES,
  MOST_PAGE_FRAGMENTS,
  MOST_PUSH_BYTES,
  MOST_PUSH_OPS,
  type BootstrapAnswer,
  type BootstrapRequest,
  type PullAnswer,
  type PullRequest,
} from '#core/sync/protocol.ts';
import { refusalOf, type ExchangeNeeds } from './exchange.ts';
import type { ServerStore, StoredFragment } from './server-store.ts';

/** So many are read at once, so that a page of large values is not read far beyond its size. */
const stepFragments = 500;
/** A group came in one push: what goes on for longer than one holds is not one, and is cut. */
const mostGroup = {
  fragments: MOST_PUSH_OPS,
  bytes: MOST_PUSH_BYTES + MOST_OP_BYTES + 60 * MOST_PUSH_OPS,
};

export async function pull(
  store: ServerStore,
  needs: ExchangeNeeds,
  userId: string,
  request: PullRequest,
): Promise<PullAnswer> {
  return store.transact(userId, async (tx) => {
    const nowMs = needs.nowMs();
    const head = await tx.head();
    const node = await tx.node(request.node);
    const refusal = await refusalOf(tx, head, node, request, nowMs);
    if (refusal) return refusal;
    await tx.noteCursor(request.node, request.cursor);
    const limit = Math.min(Math.max(request.limit, 1), MOST_PAGE_FRAGMENTS);
    const page = await pageAfter((seq, most) => tx.after(seq, most), {
      after: request.cursor,
      upTo: head.seq,
      limit,
    });
    return {
      kind: 'page',
      fragments: page.fragments,
      cursor: page.isLast ? Math.max(head.seq, request.cursor) : page.last,
      head: head.seq,
      witness: { seq: head.seq, token: head.token },
      nowMs,
    };
  });
}

type Read = (seq: number, most: number) => Promise<readonly StoredFragment[]>;

/**
 * Up to `limit` fragments or the bytes of a page, and on to the end of a group that has begun.
 * What was committed after `upTo` is left for the next time.
 */
async function pageAfter(
  read: Read,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<{ fragments: WireFragment[]; last: number; isLast: boolean }> {
  const fragments: WireFragment[] = [];
  let bytes = 0;
  let last: StoredFragment | null = null;
  for (;;) {
    const from = last?.seq ?? after;
    const step = await read(from, stepFragments);
    for (const fragment of step) {
      if (fragment.seq > upTo) return { fragments, last: last?.seq ?? after, isLast: true };
      const wire = toWire(fragment);
      const size = bytesOfJson(wire);
      const isFull = fragments.length >= limit || (last !== null && bytes + size > MOST_PAGE_BYTES);
      const isGroup = fragment.groupId !== undefined && fragment.groupId === last?.groupId;
      const goesOn =
        isGroup &&
        fragments.length < limit + mostGroup.fragments &&
        bytes + size <= MOST_PAGE_BYTES + mostGroup.bytes;
      if (isFull && !goesOn) return { fragments, last: last?.seq ?? after, isLast: false };
      fragments.push(wire);
      bytes += size;
      last = fragment;
    }
    if (step.length < stepFragments) {
      return { fragments, last: last?.seq ?? after, isLast: true };
    }
  }
}

/**
 * Pages from the newest fragment down to the first, of what there was when they began: what
 * changes in between comes later than their head, and is pulled from there.
 */
export async function bootstrap(
  store: ServerStore,
  needs: ExchangeNeeds,
  userId: string,
  { node: name, epoch, from }: BootstrapRequest,
): Promise<BootstrapAnswer> {
  return store.transact(userId, async (tx) => {
    const nowMs = needs.nowMs();
    const now = await tx.head();
    const head = from?.head ?? now.seq;
    const token = head === 0 ? '' : await tx.tokenAt(head);
    if (token === null) return { kind: 'reset', nowMs };
    const witness = { seq: head, token };
    const refusal = await refusalOf(tx, now, await tx.node(name), { epoch, witness }, nowMs);
    if (refusal) return refusal;
    const fragments: WireFragment[] = [];
    let bytes = 0;
    for (let before = from?.before ?? head + 1; ;) {
      const step = await tx.before(before, stepFragments);
      for (const fragment of step) {
        const wire = toWire(fragment);
        bytes += bytesOfJson(wire);
        const isFull =
          fragments.length >= MOST_PAGE_FRAGMENTS ||
          (fragments.length > 0 && bytes > MOST_PAGE_BYTES);
        if (isFull) return { kind: 'page', fragments, head, before, witness, nowMs };
        fragments.push(wire);
        before = fragment.seq;
      }
      if (step.length < stepFragments) {
        return { kind: 'page', fragments, head, before: null, witness, nowMs };
      }
    }
  });
}
