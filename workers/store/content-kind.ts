/** What is too large for a row: it lies beside the rows here, and in chunks for other devices. */
import type { Table } from 'dexie';
import type { Json } from '#core/sync/fragment.ts';
import type { Database } from './database.ts';

export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the bytes are, for who reads them. */
  readonly about: Json;
}

/** Its methods may be called within a transaction over `tables` and the rows' own. */
export interface ContentKind {
  readonly collection: 'pictures' | 'runs' | 'statements';
  /** The `binary` field of a row that says where the chunks lie. */
  readonly field: string;
  /** One word; with a row's id it marks what was fetched, see `fetched-mark.ts`. */
  readonly mark: string;
  tables(database: Database): readonly Table[];
  /** Ids of the rows whose content is here. */
  ids(database: Database): Promise<readonly string[]>;
  read(database: Database, id: string): Promise<Content | null>;
  /** How long a content of that row is; null for what is another's or not understood. */
  lengthOf(id: string, about: Json): number | null;
  put(database: Database, id: string, content: Content): Promise<void>;
  drop(database: Database, ids: readonly string[]): Promise<void>;
  /** The rows whose content is worth having before it is asked for. */
  newest(database: Database): Promise<readonly { readonly id: string }[]>;
}
