/** The packs of a first sync in the trader's database, and how far it came in its memory. */
import { finite, object, orNull, readShape, text, whole } from '#core/collections/shape.ts';
import type { Fragment } from '#core/sync/fragment.ts';
import type { Witness } from '#core/sync/protocol.ts';
import type { Database } from '#workers/store/database.ts';
import type { BootstrapProgress, PackStore } from './packs.ts';

const key = 'packs';
const shape = object<BootstrapProgress>({
  head: whole,
  before: orNull(whole),
  witness: object<Witness>({ seq: finite, token: text(200) }),
});

export function dexiePacks(database: Database): PackStore {
  const { packs: table, replicaMeta } = database;
  const both = <T>(work: () => Promise<T>) =>
    database.transaction('rw', table, replicaMeta, () => work());
  return {
    async progress() {
      const row = await replicaMeta.get(key);
      const read = readShape(row?.value, key, shape);
      return 'value' in read ? read.value : null;
    },
    addPage: (packs, progress) =>
      both(async () => {
        await replicaMeta.put({ key, value: progress });
        return table.bulkAdd(
          packs.map((fragments) => ({ text: JSON.stringify(fragments) })),
          { allKeys: true },
        );
      }),
    numbers: () => table.orderBy('n').primaryKeys(),
    async packs(numbers) {
      const found = await table.bulkGet([...numbers]);
      return found.flatMap((pack) =>
        pack ? [{ n: pack.n, fragments: JSON.parse(pack.text) as readonly Fragment[] }] : [],
      );
    },
    remove: (numbers) => table.bulkDelete([...numbers]),
    clear: () =>
      both(async () => {
        await table.clear();
        await replicaMeta.delete(key);
      }),
  };
}
