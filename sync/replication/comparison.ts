/** What a replica compares itself with: sums over the live cells, and the fragments of one bucket. */
import { addCell, bucketOf, emptyDigest } from '#core/sync/digest.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { toWire, type WireFragment } from '#core/sync/fragment.ts';
import type {
  BucketAnswer,
  BucketRequest,
  DigestAnswer,
  DigestRequest,
} from '#core/sync/protocol.ts';
import { refusalOf, type ExchangeNeeds } from './exchange.ts';
import type { ServerStore } from './server-store.ts';

export async function digest(
  store: ServerStore,
  needs: ExchangeNeeds,
  userId: string,
  request: DigestRequest,
): Promise<DigestAnswer> {
  return store.transact(userId, async (tx) => {
    const nowMs = needs.nowMs();
    const head = await tx.head();
    const refusal = await refusalOf(tx, head, await tx.node(request.node), request, nowMs);
    if (refusal) return refusal;
    const sums: Record<string, readonly number[]> = {};
    for (const collection of await tx.collections()) {
      const sum = emptyDigest();
      await tx.each(collection, ({ row, live, hlc }) => {
        for (const cell of live) addCell(sum, row, cell, hlc);
      });
      sums[collection] = [...sum];
    }
    return { kind: 'digest', head: head.seq, sums, nowMs };
  });
}

const mostBucketBytes = 32 * 1_048_576;

/** Error: `server.request-too-large` where one answer cannot hold all of the bucket. */
export async function bucket(
  store: ServerStore,
  needs: ExchangeNeeds,
  userId: string,
  request: BucketRequest,
): Promise<Result<BucketAnswer, Failure>> {
  return store.transact(userId, async (tx) => {
    const nowMs = needs.nowMs();
    const head = await tx.head();
    const refusal = await refusalOf(tx, head, await tx.node(request.node), request, nowMs);
    if (refusal) return ok(refusal);
    const fragments: WireFragment[] = [];
    let bytes = 0;
    await tx.each(request.collection, (fragment) => {
      if (bucketOf(fragment.row) !== request.bucket) return;
      bytes += fragment.bytes;
      // What could not be sent is not gathered either.
      if (bytes <= mostBucketBytes) fragments.push(toWire(fragment));
    });
    if (bytes > mostBucketBytes) return fail({ ...tooLarge, figures: { bytes } });
    return ok({ kind: 'bucket', fragments, head: head.seq, nowMs });
  });
}

const tooLarge: Failure = {
  code: 'server.request-too-large',
  detail: 'The bucket is larger than one answer can be.',
};
