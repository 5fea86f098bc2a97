/** Which watchlist is open here, the names of lists that are still empty, and whose prices go first. */
import { listNames } from './list-names.ts';
import { onlyList } from '../watchlist/watchlist-store.ts';

const key = 'offing.market';
const mostNames = 50;

interface Kept {
  readonly list: string;
  readonly empty: readonly string[];
  readonly preferred: string | null;
  readonly timeframe: string;
}

const first: Kept = { list: onlyList, empty: [], preferred: null, timeframe: 'D1' };

export class ListChoice {
  private kept = $state.raw<Kept>(readKept(localStorage));

  get list(): string {
    return this.kept.list;
  }
  set list(list: string) {
    this.keep({ list });
  }
  /** Null: whoever has the symbol. */
  get preferred(): string | null {
    return this.kept.preferred;
  }
  set preferred(preferred: string | null) {
    this.keep({ preferred });
  }
  /** Of the signals. */
  get timeframe(): string {
    return this.kept.timeframe;
  }
  set timeframe(timeframe: string) {
    this.keep({ timeframe });
  }
  /** All there are: the first one always, those with symbols, those begun here. */
  names(used: readonly string[]): readonly string[] {
    return listNames(onlyList, used, this.kept.empty);
  }
  begin(name: string): void {
    const others = this.kept.empty.filter((each) => each !== name);
    this.keep({ list: name, empty: [...others, name].slice(-mostNames) });
  }
  /** What was called `name` is called so no more; `next` is open then. */
  leave(name: string, next: string): void {
    this.keep({ list: next, empty: this.kept.empty.filter((each) => each !== name) });
  }

  private keep(change: Partial<Kept>): void {
    this.kept = { ...this.kept, ...change };
    try {
      localStorage.setItem(key, JSON.stringify(this.kept));
    } catch {
      // A private window may refuse: then it holds until the page is left.
    }
  }
}

function readKept(storage: Storage): Kept {
  try {
    const read = JSON.parse(storage.getItem(key) ?? 'null') as Partial<Kept> | null;
    if (typeof read?.list !== 'string') return first;
    const names = Array.isArray(read.empty) ? read.empty : [];
    return {
      list: read.list,
      empty: names.filter((name) => typeof name === 'string').slice(0, mostNames),
      preferred: typeof read.preferred === 'string' ? read.preferred : null,
      timeframe: typeof read.timeframe === 'string' ? read.timeframe : first.timeframe,
    };
  } catch {
    return first;
  }
}
