/** What can be done to layouts of charts: each a write that other devices learn of. */
import type { ChartLayout } from '#core/collections/chart-layout.ts';
import type { Change } from '#workers/store/writing.ts';

const collection = 'layouts';

export interface LayoutStore {
  /** Writes what is given; a layout that is not stored yet is stored whole. */
  change(layout: ChartLayout, fields: Partial<Omit<ChartLayout, 'id'>>): Promise<void>;
  add(layout: ChartLayout): Promise<void>;
  remove(id: string): Promise<void>;
}

export function layoutStore({
  write,
  isStored,
  nowMs,
}: {
  write(changes: readonly Change[]): Promise<void>;
  isStored(id: string): boolean;
  nowMs(): number;
}): LayoutStore {
  const put = (id: string, fields: object): Change => ({
    kind: 'put',
    ...{ collection, id, fields: { ...fields } },
  });
  function add({ id, ...fields }: ChartLayout): Promise<void> {
    return write([{ kind: 'restore', collection, id }, put(id, fields)]);
  }
  return {
    add,
    change(layout, fields) {
      const stamped = { ...fields, updatedMs: nowMs() };
      return isStored(layout.id)
        ? write([put(layout.id, stamped)])
        : add({ ...layout, ...stamped });
    },
    remove: (id) => write([{ kind: 'remove', collection, id }]),
  };
}
