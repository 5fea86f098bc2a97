/** Puts a page of bars together: what is kept first, and of the rest as many answers as it takes. */
import { ok, type Result } from '#core/result.ts';
import type { KeptBars } from './bar-cache.ts';
import type { BarRow, BarsAsk, FetchedBars } from './provider.ts';

export interface BarsStore {
  /** Null where nothing is kept that reaches up to what is asked. */
  read(ask: BarsAsk): Promise<KeptBars | null>;
  keep(ask: BarsAsk, bars: FetchedBars): Promise<void>;
}

export interface PageOfBars extends FetchedBars {
  /** When the oldest part of it was told. */
  readonly heardMs: number;
}

export interface PageOptions<E> {
  readonly ask: BarsAsk;
  readonly store: BarsStore | null;
  /** Of one answer. */
  readonly mostBars: number;
  tell(ask: BarsAsk): Promise<Result<FetchedBars, E>>;
  now(): number;
}

/** A source that answers ever so little is not asked for ever. */
const mostSteps = 80;

export async function pageOfBars<E>(options: PageOptions<E>): Promise<Result<PageOfBars, E>> {
  const { ask, store, mostBars, tell, now } = options;
  const { limit } = ask;
  let rows: readonly BarRow[] = [];
  let digits = 0;
  let hasMore = true;
  let heardMs = now();
  const take = (part: FetchedBars) => {
    rows = [...part.rows, ...rows];
    digits = Math.max(digits, part.digits);
    hasMore = part.hasMore;
  };
  for (let steps = 0; steps < mostSteps && hasMore && rows.length < limit; steps++) {
    const beforeMs = rows[0]?.openMs ?? ask.beforeMs;
    const rest = { ...ask, beforeMs, limit: limit - rows.length };
    const kept = (await store?.read(rest)) ?? null;
    if (kept) {
      take({ ...kept, hasMore: kept.hasMore ?? true });
      heardMs = Math.min(heardMs, kept.heardMs);
      if (kept.rows.length > 0) continue;
      break;
    }
    const asked = { ...rest, limit: Math.min(rest.limit, mostBars) };
    const fetched = await tell(asked);
    if (!fetched.ok) {
      // What there is already is as good as it was.
      if (rows.length > 0) break;
      return fetched;
    }
    await store?.keep(asked, fetched.value);
    take({ ...fetched.value, hasMore: fetched.value.hasMore && fetched.value.rows.length > 0 });
  }
  return ok({ rows, hasMore, digits, heardMs });
}
