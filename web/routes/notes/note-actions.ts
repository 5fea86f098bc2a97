/** What the trader can do to a note from the list and from the note, with its notices. */
import { goto } from '$app/navigation';
import type { Note, NoteSubject } from '#core/collections/note.ts';
import { titleOf } from '#lib/notes/note-words.ts';
import { notes } from '#lib/notes/notes.ts';
import { notify, notifyFailure } from '#lib/state/notices.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { say } from '#lib/words/language.ts';

/** Null where the device refused, which is then said. */
export async function attempt<T>(action: () => Promise<T>, what?: string): Promise<T | null> {
  try {
    return await action();
  } catch (cause) {
    void notifyFailure(storeFailure(cause), what);
    return null;
  }
}

export async function createNote(
  { subject, tag }: { readonly subject: NoteSubject | null; readonly tag: string | null },
  hrefOf: (id: string) => string,
): Promise<void> {
  const id = await attempt(() => notes.create({ subject, tags: tag === null ? [] : [tag] }));
  if (id !== null) await goto(hrefOf(id));
}

export async function deleteNote(note: Note, back: string): Promise<void> {
  const name = titleOf(note);
  // Away from it first, so that what was typed last is stored before it goes.
  await goto(back);
  const removed = await attempt(() => notes.remove(note.id), name);
  if (!removed) return;
  const undo = () => void attempt(() => notes.restore(removed), name);
  void notify({ text: say`${name} deleted`, action: { label: say`Undo`, run: undo } });
}
