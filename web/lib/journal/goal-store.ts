/** What can be done to goals; a delete can be undone. */
import type { Goal } from '#core/collections/goal.ts';
import type { Database } from '#workers/store/database.ts';
import { writing } from '#workers/store/writing.ts';

export type GoalDraft = Omit<Goal, 'id' | 'createdMs' | 'updatedMs'>;

export interface GoalStore {
  add(draft: GoalDraft): Promise<string>;
  /** One that another device deleted meanwhile stays deleted. */
  change(id: string, draft: GoalDraft): Promise<void>;
  /** For `restore`; undefined when there is none. */
  remove(id: string): Promise<Goal | undefined>;
  restore(goal: Goal): Promise<void>;
}

const collection = 'goals';

export function goalStore(database: Database, nowMs: () => number, newId: () => string): GoalStore {
  const target = { database, collections: [collection] };
  return {
    add: (draft) =>
      writing(target, async (write) => {
        const id = `g${newId()}`;
        const atMs = nowMs();
        const fields = { ...draft, createdMs: atMs, updatedMs: atMs };
        await write([{ kind: 'put', collection, id, fields }]);
        return id;
      }),
    change: (id, draft) =>
      writing(target, async (write) => {
        if (!(await database.goals.get(id))) return;
        const fields = { ...draft, updatedMs: nowMs() };
        await write([{ kind: 'put', collection, id, fields }]);
      }),
    remove: (id) =>
      writing(target, async (write) => {
        const goal = await database.goals.get(id);
        if (goal) await write([{ kind: 'remove', collection, id }]);
        return goal;
      }),
    restore: ({ id, ...fields }) =>
      writing(target, async (write) => {
        await write([
          { kind: 'restore', collection, id },
          { kind: 'put', collection, id, fields: { ...fields } },
        ]);
      }),
  };
}
