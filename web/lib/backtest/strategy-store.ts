/** What can be done to kept strategies: each a short transaction, each delete undoable. */
import type { Language, Strategy } from '#core/collections/strategy.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Database } from '#workers/store/database.ts';
import { writing, type Change, type Write } from '#workers/store/writing.ts';
import { say } from '../words/language.ts';

export interface NewStrategy {
  readonly name: string;
  readonly source: string;
  /** Missing = rules. */
  readonly language?: Language;
  readonly inputs?: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

export interface StrategyStore {
  create(strategy: NewStrategy): Promise<Strategy>;
  /** A copy under the next free name, null where there is none to copy. */
  duplicate(id: string): Promise<Strategy | null>;
  change(id: string, change: Partial<Pick<Strategy, 'name' | 'inputs'>>): Promise<void>;
  /** What it was last run with; no change of the strategy itself. */
  remember(id: string, last: Pick<Strategy, 'inputs' | 'settings'>): Promise<void>;
  /** Into the bin: `restore` brings it back. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** For good. Its runs stay: they hold the rule text they ran. */
  erase(ids: readonly string[]): Promise<void>;
}

export function strategyStore(
  database: Database,
  nowMs: () => number,
  newId: () => string,
): StrategyStore {
  const { strategies } = database;

  const atOnce = <T>(work: (write: Write) => Promise<T>) =>
    writing({ database, collections: ['strategies'] }, work);
  const put = (id: string, fields: Partial<Strategy>): Change => {
    return { kind: 'put', collection: 'strategies', id, fields };
  };

  /** Later than the row's last change even where the clock stands or went back. */
  const after = (previousMs: number) => Math.max(nowMs(), previousMs + 1);

  async function update(id: string, change: Partial<Strategy>): Promise<void> {
    await atOnce(async (write) => {
      const row = await strategies.get(id);
      if (row) await write([put(id, { ...change, updatedMs: after(row.updatedMs) })]);
    });
  }

  async function create(strategy: NewStrategy): Promise<Strategy> {
    const createdMs = nowMs();
    return atOnce(async (write) => {
      const kept = await strategies.toArray();
      const row: Strategy = {
        id: newId(),
        name: freeName(
          strategy.name,
          kept.filter((other) => other.deletedMs === null).map((other) => other.name),
        ),
        source: strategy.source,
        ...(strategy.language && { language: strategy.language }),
        inputs: strategy.inputs ?? {},
        settings: strategy.settings,
        createdMs,
        updatedMs: createdMs,
        deletedMs: null,
      };
      await write([put(row.id, row)]);
      return row;
    });
  }

  return {
    create,
    async duplicate(id) {
      const row = await strategies.get(id);
      return row ? create(row) : null;
    },
    change: update,
    async remember(id, { inputs, settings }) {
      await atOnce(async (write) => {
        if (await strategies.get(id)) await write([put(id, { inputs, settings })]);
      });
    },
    remove: (id) => update(id, { deletedMs: nowMs() }),
    restore: (id) => update(id, { deletedMs: null }),
    async erase(ids) {
      const changes = ids.map((id) => ({ kind: 'remove', collection: 'strategies', id }) as const);
      await atOnce((write) => write(changes));
    },
  };
}

/** `name`, or `name 2`, `name 3` … where it is taken. */
export function freeName(name: string, taken: readonly string[]): string {
  const wanted = name.trim() || say`Untitled`;
  const used = new Set(taken.map((other) => other.toLowerCase()));
  if (!used.has(wanted.toLowerCase())) return wanted;
  const stem = wanted.replace(/ \d+$/, '');
  for (let n = 2; ; n++) {
    const candidate = `${stem} ${n}`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}
