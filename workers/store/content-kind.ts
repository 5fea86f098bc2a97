/** What is too large for a row: it lies beside the rows here, and in chunks for other devices. */
import type { Json } from '#core/sync/fragment.ts';
import type { Database } from './database.ts';

export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the bytes are, for who reads them. */
  readonly about: Json;
}

/** Its methods may be called within a transaction over its `table` and the rows' own. */
export interface ContentKind {
  readonly collection: 'pictures' | 'runs' | 'statements';
  /** The `binary` field of a row that says where the chunks lie. */
  readonly field: string;
  /** One word; with a row's id it marks what was fetched, see `fetched-mark.ts`. */
  readonly mark: string;
  /** Where contents lie here, each by the id of its row. */
  readonly table: 'pictureBytes' | 'runArrays' | 'statementBytes';
  /** Whether what can be fetched again gives way where the device is full. */
  readonly givesWay: boolean;
  read(database: Database, id: string): Promise<Content | null>;
  /** How long a content of that row is; null for what is another's or not understood. */
  lengthOf(id: string, about: Json): number | null;
  put(database: Database, id: string, content: Content): Promise<void>;
  /** The rows whose content is worth having before it is asked for. */
  newest(database: Database): Promise<readonly { readonly id: string }[]>;
}
