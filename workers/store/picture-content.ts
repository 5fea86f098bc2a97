/** The bytes of pictures as contents. */
import type { Json } from '#core/sync/fragment.ts';
import type { ContentKind } from './content-kind.ts';

const prefetched = 50;
const about = (bytes: number): Json => ({ kind: 'picture', version: 1, bytes });

export const pictureContent: ContentKind = {
  collection: 'pictures',
  field: 'content',
  mark: 'picture',
  tables: ({ pictureBytes }) => [pictureBytes],
  ids: ({ pictureBytes }) => pictureBytes.toCollection().primaryKeys(),
  async read({ pictureBytes }, id) {
    const row = await pictureBytes.get(id);
    return row ? { bytes: row.bytes, about: about(row.bytes.length) } : null;
  },
  lengthOf(_, value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const { kind, version, bytes } = value as Readonly<Record<string, Json>>;
    return kind === 'picture' && version === 1 && typeof bytes === 'number' ? bytes : null;
  },
  async put({ pictureBytes }, id, { bytes }) {
    await pictureBytes.put({ pictureId: id, bytes });
  },
  drop: ({ pictureBytes }, ids) => pictureBytes.bulkDelete([...ids]),
  newest: ({ pictures }) => pictures.orderBy('createdMs').reverse().limit(prefetched).toArray(),
};
