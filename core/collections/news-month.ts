/** News of one month that the trader imported, as `core/journal/news-lines.ts` writes them. */
import { mostMonthCharacters } from '../journal/news-lines.ts';
import type { Collection } from './collection.ts';
import { finite, text } from './shape.ts';

export interface NewsMonth {
  /** `2026-11`, UTC. */
  readonly id: string;
  readonly lines: string;
  readonly updatedMs: number;
}

export const newsMonths: Collection = {
  name: 'newsMonths',
  schemaVersion: 1,
  key: 'id',
  fields: {
    lines: { merge: 'value', shape: text(mostMonthCharacters) },
    updatedMs: { merge: 'value', shape: finite },
  },
};
