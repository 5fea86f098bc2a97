/** Pictures that another app shared with this one: they wait in a cache for who says where they belong. */
import { fileNameHeader, sharedPictures } from '../../service-worker/share-target.ts';

export interface SharedPicture {
  /** What it is known by in the cache; null: it was chosen on the page. */
  readonly key: string | null;
  readonly name: string;
  readonly blob: Blob;
}

export async function waitingPictures(): Promise<readonly SharedPicture[]> {
  const cache = await caches.open(sharedPictures);
  const found: SharedPicture[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (!response) continue;
    const name = decodeURIComponent(response.headers.get(fileNameHeader) ?? 'picture');
    found.push({ key: request.url, name, blob: await response.blob() });
  }
  return found;
}

export async function countWaiting(): Promise<number> {
  // To open a cache makes one.
  if (!(await caches.has(sharedPictures))) return 0;
  const cache = await caches.open(sharedPictures);
  return (await cache.keys()).length;
}

export async function forgetPicture({ key }: SharedPicture): Promise<void> {
  if (key === null) return;
  const cache = await caches.open(sharedPictures);
  await cache.delete(key);
}
