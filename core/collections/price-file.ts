/** What a price series of one device holds, so that the others know of it; its bars stay there. */
import type { Collection } from './collection.ts';
import { id, name } from './row-shapes.ts';
import { finite, list, object, whole } from './shape.ts';

export interface PriceFile {
  /** `SERIES DEVICE`, of a name that the device keeps. */
  readonly id: string;
  /** `EURUSD.H1`, see `price-series.ts`. */
  readonly seriesId: string;
  /** What the trader calls the device. */
  readonly device: string;
  readonly bars: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly files: readonly { readonly fileName: string; readonly importedMs: number }[];
}

export const priceFiles: Collection = {
  name: 'priceFiles',
  schemaVersion: 1,
  key: 'id',
  fields: {
    seriesId: { merge: 'value', shape: id },
    device: { merge: 'value', shape: name },
    bars: { merge: 'value', shape: whole },
    firstMs: { merge: 'value', shape: finite },
    lastMs: { merge: 'value', shape: finite },
    files: {
      merge: 'value',
      shape: list(object({ fileName: name, importedMs: finite }), 1_000),
    },
  },
};
