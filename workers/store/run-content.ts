/** The arrays of runs as contents. */
import { object, oneOf, readShape } from '#core/collections/shape.ts';
import type { Json } from '#core/sync/fragment.ts';
import {
  arraysPlaceShape,
  placeOfArrays,
  readArrays,
  sizeOfArrays,
  writeArrays,
  type ArraysPlace,
} from './archive-arrays.ts';
import type { Content, ContentKind } from './content-kind.ts';
import type { RunArrays } from './database.ts';

const about = object<{
  readonly kind: 'run-arrays';
  readonly version: 1;
  readonly place: ArraysPlace;
}>({
  kind: oneOf(['run-arrays']),
  version: (value) => value as 1,
  place: arraysPlaceShape,
});

function placeIn(value: Json): ArraysPlace | null {
  const read = readShape(value, 'content', about);
  return 'fault' in read || read.value.version !== 1 ? null : read.value.place;
}

export function arraysIn(content: Content): RunArrays | null {
  const place = placeIn(content.about);
  return place && readArrays(content.bytes, place);
}

const prefetched = 20;

export const runContent: ContentKind = {
  collection: 'runs',
  field: 'arrays',
  mark: 'run',
  table: 'runArrays',
  givesWay: true,
  async read({ runArrays }, id) {
    const arrays = await runArrays.get(id);
    if (!arrays) return null;
    const place = placeOfArrays(arrays);
    const content = { kind: 'run-arrays', version: 1, place } as unknown as Json;
    return { bytes: Uint8Array.from(writeArrays(arrays, place)), about: content };
  },
  lengthOf(id, value) {
    const place = placeIn(value);
    return place?.runId === id ? sizeOfArrays(place) : null;
  },
  async put({ runArrays }, _, content) {
    const arrays = arraysIn(content);
    if (arrays) await runArrays.put(arrays);
  },
  newest: ({ runs }) => runs.orderBy('createdMs').reverse().limit(prefetched).toArray(),
};
