/** A broker's statement that the journal keeps; its deals travel as chunks, beside the row. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { anything, finite, orNull, whole } from './shape.ts';

export interface Statement {
  readonly id: string;
  readonly fileName: string;
  readonly format: string;
  readonly account: string;
  /** Null where nobody told it. */
  readonly currency: string | null;
  /** The zone that its times were read in. */
  readonly zone: string;
  readonly importedMs: number;
  readonly deals: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly startBalance: number | null;
  readonly endBalance: number | null;
  /** How many its content has. */
  readonly bytes: number;
}

/** Written once. */
export const statements: Collection = {
  name: 'statements',
  schemaVersion: 1,
  key: 'id',
  fields: {
    fileName: { merge: 'value', shape: name },
    format: { merge: 'value', shape: id },
    account: { merge: 'value', shape: name },
    currency: { merge: 'value', shape: orNull(id) },
    zone: { merge: 'value', shape: id },
    importedMs: { merge: 'value', shape: finite },
    deals: { merge: 'value', shape: whole },
    firstMs: { merge: 'value', shape: orNull(finite) },
    lastMs: { merge: 'value', shape: orNull(finite) },
    startBalance: { merge: 'value', shape: orNull(finite) },
    endBalance: { merge: 'value', shape: orNull(finite) },
    bytes: { merge: 'value', shape: whole },
    content: { merge: 'binary', shape: anything },
  },
};
