/** The values that were replaced in the last 30 days, and the changes that could not be given. */
import type { Loser, ShelvedOp } from '#workers/replica/replica-store.ts';
import type { Database } from '#workers/store/database.ts';
import { isBookkeeping, itemWords } from './item-words.ts';

const keptMs = 30 * 86_400_000;
const most = 200;

export interface EarlierValue extends Loser {
  readonly id: number;
  /** What it was a part of, in words. */
  readonly item: string;
}

/** The newest first. */
export async function earlierValues(
  database: Database,
  nowMs: number,
): Promise<readonly EarlierValue[]> {
  const found = await database.losers
    .where('atMs')
    .above(nowMs - keptMs)
    .reverse()
    .filter(({ cell }) => !isBookkeeping(cell))
    .limit(most)
    .toArray();
  const items = await itemsOf(database, found);
  return found.map((loser, i) => ({ ...loser, item: items[i]! }));
}

export interface SetAsideChange extends ShelvedOp {
  readonly id: number;
  readonly item: string;
}

/** The newest first. */
export async function setAsideChanges(database: Database): Promise<readonly SetAsideChange[]> {
  const found = await database.shelf.reverse().limit(most).toArray();
  const items = await itemsOf(database, found);
  return found.map((op, i) => ({ ...op, item: items[i]! }));
}

type Place = { readonly collection: string; readonly row: string };

async function itemsOf(database: Database, places: readonly Place[]): Promise<readonly string[]> {
  const names = new Map<string, string>();
  const keyOf = ({ collection, row }: Place) => `${collection} ${row}`;
  for (const place of places) {
    const key = keyOf(place);
    if (names.has(key)) continue;
    const { collection, row } = place;
    names.set(key, itemWords(collection, row, await rowOf(database, place)));
  }
  return places.map((place) => names.get(keyOf(place))!);
}

async function rowOf(
  database: Database,
  { collection, row }: Place,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const isKnown = database.tables.some(({ name }) => name === collection);
  const shown = isKnown ? await database.table(collection).get(row) : undefined;
  if (shown) return shown as Readonly<Record<string, unknown>>;
  return (await database.hiddenRows.get([collection, row]))?.cells;
}
