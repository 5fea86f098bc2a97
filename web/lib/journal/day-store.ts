/** What can be done to a day of the journal: its plan and review, mood, goals and ticks. */
import { longestGoals, type DayEntry } from '#core/collections/journal-day.ts';
import { checklistOf, withTick } from '#core/journal/checklist.ts';
import type { Database } from '#workers/store/database.ts';
import { writing, type Change, type Write } from '#workers/store/writing.ts';
import { storable } from '../notes/note-words.ts';
import type { NoteBeginning } from '../notes/picture-store.ts';

/** What one writes of a day at length; a note each. */
export type DayRole = 'plan' | 'review';

/**
 * The id of a day's plan or review: the same on every device, so that what two of them wrote of
 * one day comes together.
 */
export const dayNoteId = (role: DayRole, day: string): string => `${role} ${day}`;

/** The setting that holds the text with which they begin. */
export const templateKey = (role: DayRole): string => `journal.template.${role}`;

export interface DayNote {
  readonly role: DayRole;
  readonly day: string;
  readonly title: string;
}

export interface DayStore {
  /** Null takes it back. */
  setMood(day: string, mood: number | null): Promise<void>;
  setGoals(day: string, goals: string): Promise<void>;
  tick(
    day: string,
    tick: { readonly id: string; readonly isTicked: boolean },
    how: { readonly isOver: boolean },
  ): Promise<void>;
  /** Begins the note of that name where there is none; one that was deleted comes back. */
  beginNote(note: DayNote): Promise<void>;
  /** The same, to be written with what comes into it. */
  beginning(note: DayNote): Promise<NoteBeginning>;
  keepTemplate(role: DayRole, text: string): Promise<void>;
}

const days = 'journalDays';
const notes = 'notes';
const settings = 'settings';
const longestTemplate = 10_000;

export function dayStore(database: Database, nowMs: () => number): DayStore {
  const put = (id: string, fields: Partial<Omit<DayEntry, 'id' | 'updatedMs'>>): Change => ({
    ...{ kind: 'put', collection: days, id },
    fields: { ...fields, updatedMs: nowMs() },
  });
  const target = { database, collections: [days] };

  async function beginning({ role, day, title }: DayNote): Promise<NoteBeginning> {
    const template = await database.settings.get(templateKey(role));
    const text = typeof template?.value === 'string' ? template.value : '';
    // Before the transaction, in which nothing else may be waited for.
    const first = text.trim() ? await begunWith(text) : null;
    const id = dayNoteId(role, day);
    async function begin(write: Write): Promise<void> {
      if (await database.notes.get(id)) return;
      await write([{ kind: 'restore', collection: notes, id }]);
      if (await database.notes.get(id)) return;
      const atMs = nowMs();
      const about = { title, excerpt: first?.excerpt ?? '', subject: { kind: 'day', id: day } };
      const fields = { ...about, tags: [], createdMs: atMs, updatedMs: atMs };
      await write([{ kind: 'put', collection: notes, id, fields }]);
      if (!first) return;
      const value = first.update;
      await write([{ kind: 'append', collection: notes, id, field: 'text', value }]);
    }
    return { id, begin };
  }

  return {
    setMood: (day, mood) =>
      writing(target, async (write) => {
        await write([put(day, { mood })]);
      }),
    setGoals: (day, goals) =>
      writing(target, async (write) => {
        await write([put(day, { goals: storable(goals.slice(0, longestGoals)) })]);
      }),
    tick: (day, tick, { isOver }) =>
      writing({ ...target, also: [database.checklistItems] }, async (write) => {
        const template = await database.checklistItems.toArray();
        const before = await database.journalDays.get(day);
        const lines = checklistOf(template, before, { isOver });
        await write([put(day, withTick(lines, before?.ticked ?? [], tick))]);
      }),
    beginning,
    async beginNote(note) {
      const { begin } = await beginning(note);
      await writing({ database, collections: [notes] }, begin);
    },
    keepTemplate: (role, text) =>
      writing({ database, collections: [settings] }, async (write) => {
        const value = storable(text.slice(0, longestTemplate));
        const id = templateKey(role);
        await write([{ kind: 'put', collection: settings, id, fields: { value } }]);
      }),
  };
}

async function begunWith(text: string) {
  const { firstUpdate } = await import('../notes/first-update.ts');
  return firstUpdate(text);
}
