/** Pictures find their place whole, or leave no trace: on a full disk, damaged, in a note without room. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dayNoteId } from '#lib/journal/day-store.ts';
import { sharedPictures } from '../../../service-worker/share-target.ts';
import { countWaiting, waitingPictures, type SharedPicture } from '#lib/notes/shared-pictures.ts';
import { database } from '#lib/state/database.ts';
import { placePictures, type PicturePlace } from './place-pictures.ts';

const places: readonly (readonly [PicturePlace['kind'], PicturePlace])[] = [
  ['trip', { kind: 'trip', id: 't1', symbol: 'EURUSD' }],
  ['day', { kind: 'day', day: '2026-11-27' }],
  ['note', { kind: 'note', title: 'Charts' }],
];

beforeEach(async () => {
  await Promise.all(
    [database.notes, database.pictures, database.pictureBytes].map((t) => t.clear()),
  );
  await caches.delete(sharedPictures);
});
afterEach(() => database.pictureBytes.hook('creating').unsubscribe(refuse));

function refuse(): void {
  throw new DOMException('no room', 'QuotaExceededError');
}

async function shared(name: string): Promise<SharedPicture> {
  const canvas = new OffscreenCanvas(4, 3);
  canvas.getContext('2d')!.fillRect(0, 0, 2, 2);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  const key = `${location.origin}/share/${name}`;
  await (await caches.open(sharedPictures)).put(key, new Response(blob));
  return { key, name, blob };
}
const damaged: SharedPicture = { key: null, name: 'torn.png', blob: new Blob(['torn']) };
const counts = async () => ({
  notes: await database.notes.count(),
  pictures: await database.pictures.count(),
  bytes: await database.pictureBytes.count(),
  waiting: (await waitingPictures()).length,
});

test.each(places)(
  'on a full disk nothing is left of the %s, and the next try finds its place',
  async (_, place) => {
    const pictures = [await shared('a.png'), await shared('b.png')];
    database.pictureBytes.hook('creating', refuse);
    for (let tries = 0; tries < 2; tries++) {
      expect(await placePictures(pictures, place)).toMatchObject({
        ...{ ok: false, error: { failure: { code: 'store.full' } } },
      });
      expect(await counts()).toEqual({ notes: 0, pictures: 0, bytes: 0, waiting: 2 });
    }
    database.pictureBytes.hook('creating').unsubscribe(refuse);
    expect(await placePictures(pictures, place)).toMatchObject({ ok: true });
    expect(await counts()).toEqual({ notes: 1, pictures: 2, bytes: 2, waiting: 0 });
  },
);

test.each(places)(
  'a damaged picture is named, and nothing of the %s is begun',
  async (_, place) => {
    const sound = await shared('a.png');
    expect(await placePictures([sound, damaged], place)).toEqual({
      ok: false,
      error: {
        failure: expect.objectContaining({ code: 'note.picture-unreadable' }) as unknown,
        picture: damaged,
      },
    });
    expect(await counts()).toEqual({ notes: 0, pictures: 0, bytes: 0, waiting: 1 });
    expect(await placePictures([sound], place)).toMatchObject({ ok: true });
    expect(await counts()).toEqual({ notes: 1, pictures: 1, bytes: 1, waiting: 0 });
  },
);

test('a review without room for all of them takes none', async () => {
  const place: PicturePlace = { kind: 'day', day: '2026-11-27' };
  const noteId = dayNoteId('review', place.day);
  expect((await placePictures([await shared('a.png')], place)).ok).toBe(true);
  const [row] = await database.pictures.toArray();
  await database.pictures.bulkAdd(
    Array.from({ length: 98 }, (_, at) => ({ ...row!, id: `p${at}`, noteId })),
  );
  const two = [await shared('b.png'), await shared('c.png')];
  expect(await placePictures(two, place)).toMatchObject({
    ...{ ok: false, error: { failure: { code: 'note.pictures-full' } } },
  });
  expect(await counts()).toEqual({ notes: 1, pictures: 99, bytes: 1, waiting: 2 });
});

test('what waits is counted, and the question leaves no trace where nothing does', async () => {
  expect([await countWaiting(), await caches.has(sharedPictures)]).toEqual([0, false]);
  const pictures = [await shared('a.png'), await shared('b.png')];
  expect(await countWaiting()).toBe(2);
  await placePictures(pictures, { kind: 'note', title: 'Charts' });
  expect(await countWaiting()).toBe(0);
});

test('what is placed begins with its title, and with its day or round trip', async () => {
  for (const [, place] of places) await placePictures([await shared('a.png')], place);
  const found = await database.notes.toArray();
  expect(found.map(({ title, subject }) => [title, subject]).toSorted()).toEqual([
    ['Charts', null],
    ['Pictures of EURUSD', { kind: 'trip', id: 't1' }],
    ['Review of 2026-11-27', { kind: 'day', id: '2026-11-27' }],
  ]);
});
