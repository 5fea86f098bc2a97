/** What the trader drew on the charts of a symbol; a row each, so that two devices merge theirs. */
import type { Collection } from './collection.ts';
import { id } from './row-shapes.ts';
import { finite, flag, list, object, orNull, text, type Shape } from './shape.ts';

export interface DrawnPoint {
  /** Open of the bar it was put on; later than the last bar where it was put to its right. */
  readonly ms: number;
  readonly price: number;
}

export interface Drawing {
  readonly id: string;
  readonly symbol: string;
  /** Null: on the charts of every timeframe. */
  readonly timeframe: string | null;
  /** As the registry of drawing tools calls it; a later version may know more. */
  readonly tool: string;
  readonly points: readonly DrawnPoint[];
  /** The name of an ink. */
  readonly ink: string;
  readonly text: string;
  readonly isLocked: boolean;
  readonly createdMs: number;
}

const point: Shape<DrawnPoint> = object<DrawnPoint>({ ms: finite, price: finite });

export const drawings: Collection = {
  name: 'drawings',
  schemaVersion: 1,
  key: 'id',
  fields: {
    symbol: { merge: 'value', shape: id },
    timeframe: { merge: 'value', shape: orNull(id) },
    tool: { merge: 'value', shape: id },
    points: { merge: 'value', shape: list(point, 20) },
    ink: { merge: 'value', shape: text(40) },
    text: { merge: 'value', shape: text(2_000) },
    isLocked: { merge: 'value', shape: flag },
    createdMs: { merge: 'value', shape: finite },
  },
};
