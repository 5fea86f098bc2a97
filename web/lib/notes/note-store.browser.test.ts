/** Notes in a real database: what is written reads back, and quick changes do not undo one another. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { Database } from '#workers/store/database.ts';
import { toBase64 } from './base64.ts';
import { openNoteBody } from './note-body.ts';
import { noteStore, type NoteStore } from './note-store.ts';

let database: Database;
let store: NoteStore;
let count = 0;
let nowMs = 1;

beforeEach(() => {
  database = new Database(`note-store-${count++}`);
  store = noteStore(
    database,
    () => nowMs++,
    () => `n${count++}`,
  );
});
afterEach(async () => {
  database.close();
  await database.delete();
});

const subject = { kind: 'run', id: 'r' } as const;

it('makes a note that is whole from the start, and brings back a deleted one with its text', async () => {
  const id = await store.create({ subject, tags: ['plan'] });
  expect(await database.notes.get(id)).toMatchObject({ id, title: '', text: [], subject });
  await store.append(id, { update: 'AAA=', excerpt: 'So' });
  await store.rename(id, ' Why  I \n waited');
  const removed = (await store.remove(id))!;
  expect(await database.notes.get(id)).toBeUndefined();
  await store.restore(removed);
  await store.restore(removed);
  expect(await database.notes.get(id)).toMatchObject({
    ...{ title: 'Why I waited', excerpt: 'So', tags: ['plan'], text: ['AAA='] },
  });
});

it('keeps every tag of several typed at once, and writes nothing where nothing changes', async () => {
  const id = await store.create({ subject: null });
  await Promise.all([
    store.addTag(id, 'one', []),
    store.addTag(id, 'two', ['Two']),
    store.removeTag(id, 'one'),
    store.addTag(id, 'three', []),
  ]);
  const note = (await database.notes.get(id))!;
  expect(note.tags.toSorted()).toEqual(['Two', 'three']);
  await store.addTag(id, 'TWO', []);
  await store.removeTag(id, 'four');
  await store.addTag('gone', 'a', []);
  expect(await database.notes.toArray()).toEqual([note]);
});

it('stores what is typed in the editor, replaces many updates by one, and is not newer for it', async () => {
  const id = await store.create({ subject: null });
  const afar = new Y.Doc();
  afar.on('update', (update: Uint8Array) => void updates.push(toBase64(update)));
  const updates: string[] = [];
  for (let n = 0; n < 49; n++) afar.getText('text').insert(0, `${n % 10}`);
  for (const update of updates) await store.append(id, { update, excerpt: '' });
  document.body.innerHTML = '<main id="host"></main>';
  const body = openNoteBody({
    parent: document.querySelector('#host')!,
    id,
    updates: (await database.notes.get(id))!.text,
    label: 'Text of the note',
    store,
    drafts: localStorage,
    onChange: () => undefined,
  });
  body.focus();
  await userEvent.keyboard('Typed. ');
  await body.close();
  const note = (await database.notes.get(id))!;
  const typed = afar.getText('text').toString();
  expect(note).toMatchObject({ excerpt: `Typed. ${typed}`, updatedMs: nowMs - 1 });
  expect(note.text).toHaveLength(1);
  const doc = new Y.Doc();
  Y.applyUpdate(
    doc,
    Uint8Array.from(atob(note.text[0]!), (c) => c.charCodeAt(0)),
  );
  expect(doc.getText('text').toString()).toBe(`Typed. ${typed}`);
});
