/** What can be done with the picture of a chart: a file of it, or a note that shows it. */
import { goto } from '$app/navigation';
import type { NoteSubject } from '#core/collections/note.ts';
import { picture, type PictureOf } from '#lib/chart/picture.ts';
import { notify, notifyFailure } from '#lib/state/notices.ts';
import { saveFile } from '#lib/state/save-file.ts';
import { say } from '#lib/words/language.ts';

export interface ShownChart {
  readonly of: PictureOf;
  /** The time it shows, in words. */
  readonly about: string;
  readonly subject: NoteSubject | null;
}

function blobOf({ of, about }: ShownChart): Promise<Blob | null> {
  return new Promise((resolve) => picture(of, about).toBlob(resolve));
}

export async function savePicture(chart: ShownChart): Promise<void> {
  const blob = await blobOf(chart);
  if (blob) saveFile(blob, `${chart.of.title.replaceAll(/\s+/g, '-')}.png`);
}

export async function notePicture(chart: ShownChart): Promise<void> {
  const blob = await blobOf(chart);
  if (!blob) return;
  const title = `${chart.of.title}, ${chart.about}`;
  // Most who look at a chart write no note of it.
  const { writePictureNote } = await import('#lib/notes/picture-note.ts');
  const written = await writePictureNote({ title, subject: chart.subject, picture: blob });
  if (!written.ok) return void notifyFailure(written.error, title);
  const href = `/notes/?note=${encodeURIComponent(written.value)}`;
  void notify({
    text: say`The chart is in a new note`,
    tone: 'ok',
    action: { label: say`Open`, run: () => void goto(href) },
  });
}
