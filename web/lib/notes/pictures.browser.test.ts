/** Pictures of notes in a real browser and database: made small, kept, taken away, brought back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Picture } from '#core/collections/picture.ts';
import { Database } from '#workers/store/database.ts';
import { noteStore } from './note-store.ts';
import { pictureStore, type PictureStore } from './picture-store.ts';
import { shrinkPicture, type ShrunkPicture } from './shrink-picture.ts';

let database: Database;
let store: PictureStore;
let count = 0;
const newId = () => `id${count++}`;

beforeEach(() => {
  database = new Database(`pictures-${Math.random()}`);
  store = pictureStore(database, () => count++, newId);
});
afterEach(() => database.delete({ disableAutoOpen: true }));

async function drawn(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rebeccapurple';
  context.fillRect(0, 0, width, height / 2);
  return canvas.convertToBlob({ type: 'image/png' });
}
async function shrunk(blob: Blob): Promise<ShrunkPicture> {
  const made = await shrinkPicture(blob, 'EURUSD H1');
  if (!made.ok) throw new Error(made.error.detail);
  return made.value;
}

test('a picture is no larger than a screen has use for, and shows what it showed', async () => {
  const made = await shrunk(await drawn(4_000, 1_000));
  expect(made).toMatchObject({ name: 'EURUSD H1', width: 2_048, height: 512 });
  const bitmap = await createImageBitmap(new Blob([made.content], { type: made.type }));
  expect([bitmap.width, bitmap.height]).toEqual([2_048, 512]);
  const context = new OffscreenCanvas(2_048, 512).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const [red, green, blue, alpha] = context.getImageData(1_000, 100, 1, 1).data;
  expect(Math.abs(red! - 102) + Math.abs(green! - 51) + Math.abs(blue! - 153)).toBeLessThan(12);
  expect(alpha).toBe(255);
  expect((await shrunk(await drawn(30, 20))).width).toBe(30);
});

test.each([
  ['words', new Blob(['not a picture'], { type: 'image/png' })],
  ['nothing', new Blob([])],
  ['a page', new Blob(['<html><script>alert(1)</script></html>'], { type: 'text/html' })],
  ['the beginning of one', new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)])],
])('%s is refused in words', async (_, blob) => {
  const answer = await shrinkPicture(blob, 'x');
  expect(answer).toMatchObject({ ok: false, error: { code: 'note.picture-unreadable' } });
});

test('a picture is kept, read, removed and brought back', async () => {
  const picture = await shrunk(await drawn(30, 20));
  const added = await store.add('n', picture);
  if (!added.ok) throw new Error(added.error.detail);
  const [row] = (await database.pictures.toArray()) as [Picture];
  expect(row).toMatchObject({ noteId: 'n', width: 30, bytes: picture.content.length });
  const bytesOf = async () => {
    const read = await store.read(row);
    return read.ok ? new Uint8Array(await read.value.arrayBuffer()) : read.error.code;
  };
  expect(await bytesOf()).toEqual(picture.content);
  const removed = await store.remove(row.id);
  expect(await bytesOf()).toBe('sync.elsewhere');
  expect(await database.pictureBytes.count()).toBe(0);
  await store.restore(removed);
  expect(await bytesOf()).toEqual(picture.content);
  expect(await database.pictures.get(row.id)).toEqual(row);
});

test('a note goes with its pictures and comes back with them', async () => {
  const notes = noteStore(database, () => count++, newId);
  const [id, other] = [
    await notes.create({ subject: null }),
    await notes.create({ subject: null }),
  ];
  const picture = await shrunk(await drawn(30, 20));
  await store.add(id, picture);
  await store.add(other, picture);
  const removed = (await notes.remove(id))!;
  expect(await database.pictures.toArray()).toMatchObject([{ noteId: other }]);
  expect(await database.pictureBytes.count()).toBe(1);
  await notes.restore(removed);
  expect(await database.pictures.where('noteId').equals(id).count()).toBe(1);
  expect(await database.pictureBytes.count()).toBe(2);
});

test('a note holds at most a hundred, and says so', async () => {
  const picture = await shrunk(await drawn(2, 2));
  for (let at = 0; at < 100; at++) expect((await store.add('n', picture)).ok).toBe(true);
  expect(await store.add('n', picture)).toMatchObject({ error: { code: 'note.pictures-full' } });
  expect((await store.add('m', picture)).ok).toBe(true);
  expect(await database.pictureBytes.count()).toBe(101);
});
