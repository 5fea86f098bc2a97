/** What a picture shows, from this device or from the account's others. */
import type { Picture } from '#core/collections/picture.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from './database.ts';
import { noteLooked } from './fetched-mark.ts';
import { ownerOf } from './owner.ts';
import { pictureContent } from './picture-content.ts';

/** Error: `sync.elsewhere` where it cannot be had now. */
export async function readPicture(
  database: Database,
  { id, type }: Picture,
): Promise<Result<Blob, Failure>> {
  const here = await database.pictureBytes.get(id);
  if (here) {
    await noteLooked(database, pictureContent, id);
    return ok(new Blob([here.bytes], { type }));
  }
  if ((await ownerOf(database)) === null) return fail(elsewhere);
  // Only here: it takes a network anyhow.
  const { contentOf } = await import('#workers/replica/sealing/contents.ts');
  const content = await contentOf(database, pictureContent, id, fetch.bind(globalThis));
  if (!content.ok) return content;
  return content.value ? ok(new Blob([content.value.bytes], { type })) : fail(elsewhere);
}

const elsewhere: Failure = { code: 'sync.elsewhere', detail: 'The picture is not on this device.' };
