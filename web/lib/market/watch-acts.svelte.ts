/** What a trader does with a watchlist; each act can be taken back, and a failure is said. */
import type { WatchlistItem } from '#core/collections/watchlist-item.ts';
import type { Change } from '#workers/store/writing.ts';
import { writeChanges } from '#workers/store/writing.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { database } from '../state/database.ts';
import { notify, notifyFailure } from '../state/notices.ts';
import { watchlistStore } from '../watchlist/watchlist-store.ts';
import type { MarketWatch } from './market-watch.svelte.ts';
import { say } from '../words/language.ts';

const store = watchlistStore({
  write: async (changes: readonly Change[]) => void (await writeChanges(database, changes)),
  nowMs: () => Date.now(),
});

export class WatchActs {
  /** Said to who cannot see a row move. */
  said = $state('');
  private readonly watch: MarketWatch;

  constructor(watch: MarketWatch) {
    this.watch = watch;
  }

  /** False where it is in the list already. */
  async add(symbol: string): Promise<boolean> {
    const { items, list } = this.watch;
    const id = await attempt(symbol, () => store.add(symbol, items, list));
    if (id !== null) this.said = say`${symbol} is on ${list}`;
    return id !== null;
  }
  async move(item: WatchlistItem, step: 1 | -1): Promise<void> {
    const { items } = this.watch;
    const from = items.findIndex(({ id }) => id === item.id);
    const to = from + step;
    if (from < 0 || to < 0 || to >= items.length) return;
    await attempt(item.symbol, () => store.move(items, from, to));
    this.said = say`${item.symbol} is now number ${to + 1} of ${items.length}`;
  }
  async remove(item: WatchlistItem): Promise<void> {
    const { symbol, list } = item;
    const done = await attempt(symbol, () => store.remove(item.id).then(() => true));
    if (done) takenBack(say`${symbol} is off ${list}`, () => store.restore(item));
  }
  async rename(name: string): Promise<void> {
    const { items, list, choice } = this.watch;
    await attempt(list, () => store.rename(items, name));
    choice.leave(list, name);
    if (items.length === 0) choice.begin(name);
  }
  async removeList(): Promise<void> {
    const { items, list, names, choice } = this.watch;
    await attempt(list, () => store.removeAll(items));
    choice.leave(list, names.find((name) => name !== list) ?? '');
    if (items.length === 0) return;
    takenBack(say`${list} is deleted`, async () => {
      await store.restore(...items);
      choice.list = list;
    });
  }
}

function takenBack(text: string, back: () => Promise<void>): void {
  const run = () => void attempt(text, back);
  void notify({ text, action: { label: say`Undo`, run } });
}

async function attempt<T>(what: string, action: () => Promise<T>): Promise<T | null> {
  try {
    return await action();
  } catch (cause) {
    void notifyFailure(storeFailure(cause), what);
    return null;
  }
}
