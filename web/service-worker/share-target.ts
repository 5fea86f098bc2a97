/** A file shared to the installed app: kept in a cache until the Prices page picks it up. */
import type { RouteHandlerCallback } from 'workbox-core/types.js';

/** Name of the cache and of the one header that the Prices page reads. */
export const sharedFiles = 'offing-shared-files';
export const fileNameHeader = 'x-file-name';

export const acceptShare: RouteHandlerCallback = async ({ request }) => {
  const form = await request.formData();
  const cache = await caches.open(sharedFiles);
  for (const [index, entry] of form.getAll('files').entries()) {
    if (typeof entry === 'string') continue;
    const headers = { [fileNameHeader]: encodeURIComponent(entry.name) };
    await cache.put(`/share/${index}`, new Response(entry, { headers }));
  }
  return Response.redirect('/prices/?shared', 303);
};
