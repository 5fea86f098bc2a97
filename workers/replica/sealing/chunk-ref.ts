/** A cell of a `binary` field: where the bytes lie, and with which key they were sealed. */
import type { ChunkRef } from '#core/collections/collection.ts';
import type { Json } from '#core/sync/fragment.ts';
import { readPacked } from '#core/sync/packed-value.ts';
import type { ContentPlace } from './chunk-box.ts';

/** What `layout` says of every such content, whatever it is. */
export interface SealedLayout {
  readonly gzip: boolean;
  /** `keyId` of the cipher that sealed the chunks. */
  readonly key: string;
  /** What the bytes are, for who reads them. */
  readonly content: Json;
}

export function chunkRef(place: ContentPlace, key: string, content: Json): ChunkRef {
  const { hashes, bytes, gzip } = place;
  return { chunks: hashes, bytes, layout: { gzip, key, content } };
}

/** What a cell says; null for what is no such reference. */
export function readChunkRef(
  value: unknown,
): { readonly place: ContentPlace; readonly layout: SealedLayout } | null {
  if (typeof value !== 'object' || value === null) return null;
  const { chunks, bytes, layout } = value as Readonly<Record<string, unknown>>;
  if (typeof layout !== 'object' || layout === null) return null;
  const { gzip, key, content } = layout as Readonly<Record<string, unknown>>;
  const place = readPacked({ hashes: chunks, bytes, gzip });
  if (!place || typeof key !== 'string' || content === undefined) return null;
  return { place, layout: { gzip: place.gzip, key, content: content as Json } };
}

/**
 * The chunks that a value refers to; none for most.
 *
 * Those of another key went when encryption was switched: a change is not held back for them.
 */
export function chunksOf(value: Json, keyId: string): readonly string[] {
  const ref = readChunkRef(value);
  return ref?.layout.key === keyId ? ref.place.hashes : [];
}
