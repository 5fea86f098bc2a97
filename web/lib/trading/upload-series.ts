/** Puts a price series of this device on the server, so that a paper account can replay it. */
import type { PaperSeries } from '#core/broker/paper-settings.ts';
import { isTickSeries } from '#core/collections/price-series.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { allMonths } from '#workers/store/series.ts';
import { readFailure, type CallFailure } from '../account/api.ts';

/** The server takes no more chunks of one series: the newest count. */
const mostChunks = 500;

/** Chunks by their SHA-256, oldest first, once the server has them all. */
export async function uploadSeries(
  database: Database,
  seriesId: string,
  onProgress: (ratio: number) => void,
  send: typeof fetch = fetch,
): Promise<Result<PaperSeries, CallFailure>> {
  const found = await chunksOf(database, seriesId);
  if (!found.ok) return found;
  const { symbol, kind, bytes } = found.value;
  const chunks: string[] = [];
  for (const [at, each] of bytes.entries()) {
    onProgress(at / bytes.length);
    const hash = await hashOf(each);
    const failure = await put(hash, each, send);
    if (failure) return fail(failure);
    chunks.push(hash);
  }
  return ok({ symbol, kind, chunks });
}

interface Found {
  readonly symbol: string;
  readonly kind: PaperSeries['kind'];
  readonly bytes: readonly Uint8Array<ArrayBuffer>[];
}

async function chunksOf(database: Database, seriesId: string): Promise<Result<Found, CallFailure>> {
  try {
    const row = await database.series.get(seriesId);
    const isTicks = row !== undefined && isTickSeries(row);
    const stored = await (isTicks ? database.tickChunks : database.chunks)
      .where(':id')
      .between(...allMonths(seriesId))
      .toArray();
    if (!row || stored.length === 0) return fail({ code: 'store.not-found', detail: seriesId });
    return ok({
      symbol: row.symbol,
      kind: isTicks ? 'ticks' : 'bars',
      bytes: stored.slice(-mostChunks).map((each) => new Uint8Array(each.bytes)),
    });
  } catch (error) {
    return fail(storeFailure(error));
  }
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Null once the server has it. */
async function put(
  hash: string,
  bytes: Uint8Array<ArrayBuffer>,
  send: typeof fetch,
): Promise<CallFailure | null> {
  try {
    const answer = await send(`/chunks/${hash}`, {
      method: 'PUT',
      headers: { 'x-offing-client': 'web', 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    if (answer.ok) return null;
    const said: unknown = await answer.json().catch(() => null);
    return readFailure(dataOf(said));
  } catch {
    return readFailure(null);
  }
}

/** Where a refusal lies in the body that the server sends with it. */
function dataOf(said: unknown): unknown {
  const body = said as { readonly error?: { readonly data?: unknown } } | null;
  return body?.error?.data;
}
