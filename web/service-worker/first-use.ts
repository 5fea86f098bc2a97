/** Large parts that only some traders need: fetched when they are, and kept on the device from then on. */
import type { RouteHandlerCallback } from 'workbox-core/types.js';

const name = 'offing-first-use';

/**
 * `current` are the paths of such parts in this version. Their names hold a hash of what is in
 * them, so that what is kept is never stale, and what is no longer named can go.
 */
export function keepOnFirstUse(current: readonly string[]): RouteHandlerCallback {
  return async ({ request }) => {
    const cache = await caches.open(name);
    const kept = await cache.match(request);
    if (kept) return kept;
    const response = await fetch(request);
    if (response.ok) {
      for (const old of await cache.keys()) {
        if (!current.includes(new URL(old.url).pathname)) await cache.delete(old);
      }
      await cache.put(request, response.clone());
    }
    return response;
  };
}
