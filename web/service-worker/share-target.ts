/** Files shared to the installed app: kept in a cache until the page that takes them picks them up. */
import type { RouteHandlerCallback } from 'workbox-core/types.js';

/** Names of the caches and of the one header that the pages read. */
export const sharedFiles = 'offing-shared-files';
export const sharedPictures = 'offing-shared-pictures';
export const fileNameHeader = 'x-file-name';

export const acceptShare: RouteHandlerCallback = async ({ request }) => {
  const form = await request.formData();
  let page = '/prices/?shared';
  for (const [index, entry] of form.getAll('files').entries()) {
    if (typeof entry === 'string') continue;
    const isPicture = entry.type.startsWith('image/');
    if (isPicture) page = '/journal/shared/';
    const cache = await caches.open(isPicture ? sharedPictures : sharedFiles);
    const headers = { [fileNameHeader]: encodeURIComponent(entry.name) };
    // What was shared before, and has not been taken yet, stays beside it.
    const key = isPicture ? crypto.randomUUID() : String(index);
    await cache.put(`/share/${key}`, new Response(entry, { headers }));
  }
  return Response.redirect(page, 303);
};
