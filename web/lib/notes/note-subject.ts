/** What a note can be about, in addresses and in words. */
import { noteSubjects, type NoteSubject } from '#core/collections/note.ts';
import { seriesName } from '#lib/backtest/series-name.ts';
import type { Database } from '#workers/store/database.ts';
import { say } from '../words/language.ts';

export interface SubjectWords {
  /** `strategy`, `run of`, `prices of`. */
  readonly kind: string;
  readonly name: string;
  readonly href: string;
}

/** The subject that `?about=` names; null for none. */
export function subjectFrom(about: string | null): NoteSubject | null {
  const [, kind, id] = /^([a-z]+):(.{1,200})$/s.exec(about ?? '') ?? [];
  const known = noteSubjects.find((each) => each === kind);
  return known && id ? { kind: known, id } : null;
}

export function isAbout(
  note: { readonly subject: NoteSubject | null },
  about: NoteSubject,
): boolean {
  return note.subject?.kind === about.kind && note.subject.id === about.id;
}

/** What to call it; null where it is not on this device. */
export async function subjectWords(
  database: Pick<Database, 'strategies' | 'runs' | 'series'>,
  { kind, id }: NoteSubject,
): Promise<SubjectWords | null> {
  const encoded = encodeURIComponent(id);
  switch (kind) {
    case 'strategy': {
      const strategy = await database.strategies.get(id);
      return strategy
        ? { kind: 'strategy', name: strategy.name, href: `/strategies/?id=${encoded}` }
        : null;
    }
    case 'run': {
      const run = await database.runs.get(id);
      if (!run) return null;
      const name = say`${run.strategyName} on ${seriesName(run.seriesId)}`;
      return { kind: say`run of`, name, href: `/backtest/?run=${encoded}` };
    }
    case 'day': {
      return { kind: say`day`, name: id, href: `/journal/day/?day=${encoded}` };
    }
    case 'trip': {
      // `login@server position`: what else is known of it the journal's worker tells, see `tripName`.
      return { kind: say`round trip`, name: id, href: `/journal/?trip=${encoded}` };
    }
    case 'series': {
      const series = await database.series.get(id);
      return series
        ? { kind: say`prices of`, name: seriesName(id), href: `/prices/?series=${encoded}` }
        : null;
    }
  }
}
