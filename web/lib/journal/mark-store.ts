/** What the trader marks at round trips, one or thousands at once; each change can be taken back. */
import type { TripMark } from '#core/collections/trip-mark.ts';
import type { Database } from '#workers/store/database.ts';
import { writing, type Change } from '#workers/store/writing.ts';
import { withTag } from '../notes/note-words.ts';

/** One change, as it is made at any number of round trips. */
export type MarkChange =
  | {
      readonly kind: 'add' | 'remove';
      readonly field: 'tags' | 'mistakes';
      readonly text: string;
      /** As they are spelt elsewhere. */
      readonly used?: readonly string[];
    }
  | { readonly kind: 'set'; readonly field: 'playbook'; readonly to: string | null }
  | {
      readonly kind: 'set';
      readonly field: 'rating' | 'plannedSl' | 'plannedTp';
      readonly to: number | null;
    };

/** What takes a change back, for `undo`. */
export interface MarksBefore {
  readonly change: MarkChange;
  /** How many round trips were changed. */
  readonly trips: number;
  /** Of the marks that were changed, by their ids: the text that was added or taken off, the value before. */
  readonly before: ReadonlyMap<string, string | number | null>;
}

export interface MarkStore {
  addTag(tripId: string, tag: string, used: readonly string[]): Promise<void>;
  removeTag(tripId: string, tag: string): Promise<void>;
  addMistake(tripId: string, mistake: string, used: readonly string[]): Promise<void>;
  removeMistake(tripId: string, mistake: string): Promise<void>;
  rate(tripId: string, rating: number | null): Promise<void>;
  setPlaybook(tripId: string, playbook: string | null): Promise<void>;
  /** The price of a stop or a target as it was planned. */
  plan(tripId: string, field: 'plannedSl' | 'plannedTp', price: number): Promise<void>;
  /** Says whether a criterion was met. */
  meet(tripId: string, criterion: string, isMet: boolean): Promise<void>;
  /**
   * All in one transaction; a round trip that is so already is left as it is. Each comes as the ids
   * at which its marks may stand: what is taken away is taken away at all of them.
   */
  changeMany(trips: readonly (readonly string[])[], change: MarkChange): Promise<MarksBefore>;
  /** Where nobody has changed it again since. */
  undo(before: MarksBefore): Promise<void>;
}

const collection = 'tripMarks';
/** Rows that are read and written before the page has its turn again. */
const sliceRows = 250;

type Fields = Partial<Omit<TripMark, 'id' | 'updatedMs'>>;

export function markStore(database: Database, nowMs: () => number): MarkStore {
  const target = { database, collections: [collection] };

  /** Looked at as it is written: a tag that the change has not seen would be taken away. */
  function each(ids: readonly string[], to: (mark: TripMark) => Fields | null): Promise<void> {
    return writing(target, async (write) => {
      for (let from = 0; from < ids.length; from += sliceRows) {
        const slice = ids.slice(from, from + sliceRows);
        const marks = await database.tripMarks.bulkGet(slice);
        // Alone what is changed: another device may have written the rest meanwhile.
        const changes = slice.flatMap((id, i): Change[] => {
          const fields = to(marks[i] ?? { id, tags: [], met: [], mistakes: [], updatedMs: 0 });
          const put = { ...fields, updatedMs: nowMs() };
          return fields ? [{ kind: 'put', collection, id, fields: put }] : [];
        });
        if (changes.length > 0) await write(changes);
      }
    });
  }

  async function changeMany(
    trips: readonly (readonly string[])[],
    change: MarkChange,
  ): Promise<MarksBefore> {
    const before = new Map<string, string | number | null>();
    const ids = takesAway(change) ? trips.flat() : trips.flatMap(([first]) => first ?? []);
    await each([...new Set(ids)], (mark) => {
      const made = changed(mark, change);
      if (made) before.set(mark.id, made.before);
      return made?.fields ?? null;
    });
    const isChanged = (marks: readonly string[]) => marks.some((id) => before.has(id));
    return { change, trips: trips.filter(isChanged).length, before };
  }
  const one = async (id: string, change: MarkChange): Promise<void> => {
    await changeMany([[id]], change);
  };

  return {
    addTag: (id, text, used) => one(id, { kind: 'add', field: 'tags', text, used }),
    removeTag: (id, text) => one(id, { kind: 'remove', field: 'tags', text }),
    addMistake: (id, text, used) => one(id, { kind: 'add', field: 'mistakes', text, used }),
    removeMistake: (id, text) => one(id, { kind: 'remove', field: 'mistakes', text }),
    rate: (id, to) => one(id, { kind: 'set', field: 'rating', to }),
    setPlaybook: (id, to) => one(id, { kind: 'set', field: 'playbook', to }),
    plan: (id, field, to) => one(id, { kind: 'set', field, to }),
    meet: (id, criterion, isMet) =>
      each([id], ({ met }) => {
        if (met.includes(criterion) === isMet) return null;
        return { met: isMet ? [...met, criterion] : met.filter((other) => other !== criterion) };
      }),
    changeMany,
    undo: ({ change, before }) =>
      each([...before.keys()], (mark) => takenBack(mark, change, before.get(mark.id) ?? null)),
  };
}

const takesAway = (change: MarkChange): boolean =>
  change.kind === 'remove' || (change.kind === 'set' && change.to === null);

/** Null where the mark is so already. */
function changed(
  mark: TripMark,
  change: MarkChange,
): { readonly fields: Fields; readonly before: string | number | null } | null {
  if (change.kind === 'set') {
    const before = mark[change.field] ?? null;
    return before === change.to ? null : { fields: { [change.field]: change.to }, before };
  }
  const { field, text, used = [] } = change;
  const texts = mark[field];
  if (change.kind === 'add') {
    const more = withTag(texts, text, used);
    return more === texts ? null : { fields: { [field]: more }, before: more.at(-1)! };
  }
  // As it is spelt there.
  const own = texts.find((each) => each.toLowerCase() === text.toLowerCase());
  if (own === undefined) return null;
  return { fields: { [field]: texts.filter((each) => each !== own) }, before: own };
}

function takenBack(
  mark: TripMark,
  change: MarkChange,
  before: string | number | null,
): Fields | null {
  if (change.kind === 'set') {
    return (mark[change.field] ?? null) === change.to ? { [change.field]: before } : null;
  }
  const texts = mark[change.field];
  const text = String(before);
  const isThere = texts.includes(text);
  if (isThere !== (change.kind === 'add')) return null;
  const back = isThere ? texts.filter((each) => each !== text) : [...texts, text];
  return { [change.field]: back };
}
