/**
 * How much room there is for bars: a source or an account that has very many keeps no more until
 * old ones are swept; what is asked is told all the same.
 */
import { sql } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import { ownerOf, tableOf, type BarsOf } from './bar-table.ts';

export interface BarRoom {
  /** To be asked before bars are kept. */
  hasRoom(queries: Queries, of: BarsOf, more: number): Promise<boolean>;
}

export interface RoomSizes {
  readonly account: number;
  readonly source: number;
}

export const usualRoom: RoomSizes = { account: 500_000, source: 2_000_000 };
/** Owners that are remembered; the rest are counted anew. */
const mostOwners = 5_000;
const fullForMs = 600_000;

interface Counted {
  /** What there may be at most: each that was added since may have been there before. */
  most: number;
  fullUntilMs: number;
}

export function barRoom(sizes: RoomSizes, now: () => number): BarRoom {
  const owners = new Map<string, Counted>();
  return {
    async hasRoom(queries, of, more) {
      const size = 'userId' in of ? sizes.account : sizes.source;
      const name = 'userId' in of ? of.accountId : of.source;
      const known = owners.get(name);
      if (known && known.fullUntilMs > now()) return false;
      if (known && known.most + more <= size) {
        known.most += more;
        return true;
      }
      const there = await countUpTo(queries, of, size);
      const isFull = there + more > size;
      if (owners.size >= mostOwners) owners.clear();
      owners.set(name, { most: there + more, fullUntilMs: isFull ? now() + fullForMs : 0 });
      return !isFull;
    },
  };
}

async function countUpTo(queries: Queries, of: BarsOf, most: number): Promise<number> {
  const [row] = await queries.execute<{ there: string }>(sql`
    select count(*) as there from (
      select from ${tableOf(of)} where (${ownerOf(of)} and open_ms >= 0) limit ${most}) counted`);
  return Number(row?.there ?? 0);
}
