/** Every collection that devices share, a line each. */
import { layouts } from './chart-layout.ts';
import { checklistItems } from './checklist-item.ts';
import type { Collection } from './collection.ts';
import { drawings } from './drawing.ts';
import { goals } from './goal.ts';
import { handTrips } from './hand-trip.ts';
import { journalDays } from './journal-day.ts';
import { journalViews } from './journal-view.ts';
import { newsMonths } from './news-month.ts';
import { notes } from './note.ts';
import { pictures } from './picture.ts';
import { playbooks } from './playbook.ts';
import { priceFiles } from './price-file.ts';
import { runs } from './run.ts';
import { settings } from './setting.ts';
import { statements } from './statement.ts';
import { strategies } from './strategy.ts';
import { tripEdits } from './trip-edit.ts';
import { tripMarks } from './trip-mark.ts';
import { watchlist } from './watchlist-item.ts';

export const collections: readonly Collection[] = [
  checklistItems,
  drawings,
  goals,
  handTrips,
  journalDays,
  journalViews,
  layouts,
  newsMonths,
  notes,
  pictures,
  playbooks,
  priceFiles,
  runs,
  settings,
  statements,
  strategies,
  tripEdits,
  tripMarks,
  watchlist,
];

const byName = new Map(collections.map((each) => [each.name, each]));

/** Undefined for one of a later version, whose rows are kept as they came. */
export function collectionNamed(name: string): Collection | undefined {
  return byName.get(name);
}
