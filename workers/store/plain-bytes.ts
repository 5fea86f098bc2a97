/** Contents that are bytes as they lie in their table: what pictures show, the deals of statements. */
import type { Json } from '#core/sync/fragment.ts';
import type { ContentKind } from './content-kind.ts';
import type { Database } from './database.ts';

/** Pictures have the table `pictureBytes` with the key `pictureId`, and so on. */
export interface PlainKind extends Pick<ContentKind, 'givesWay' | 'newest'> {
  readonly mark: 'picture' | 'statement';
}

export function plainBytes({ mark, ...rest }: PlainKind): ContentKind {
  const table = `${mark}Bytes` as const;
  const rowsOf = (database: Database) =>
    database.table<{ readonly bytes: Uint8Array<ArrayBuffer> }, string>(table);
  return {
    ...rest,
    collection: `${mark}s`,
    field: 'content',
    mark,
    table,
    async read(database, id) {
      const row = await rowsOf(database).get(id);
      if (!row) return null;
      const about: Json = { kind: mark, version: 1, bytes: row.bytes.length };
      return { bytes: row.bytes, about };
    },
    lengthOf(_, about) {
      if (typeof about !== 'object' || about === null || Array.isArray(about)) return null;
      const { kind, version, bytes } = about as Readonly<Record<string, Json>>;
      return kind === mark && version === 1 && typeof bytes === 'number' ? bytes : null;
    },
    async put(database, id, { bytes }) {
      await database.table(table).put({ [`${mark}Id`]: id, bytes });
    },
  };
}
