/**
 * Parts beside the shell: the large ones that only some traders need are fetched when they are
 * needed, the rest when there is time, and both are kept on the device from then on.
 *
 * Their names hold a hash of what is in them, so that what is kept is never stale.
 */
import type { RouteHandlerCallback } from 'workbox-core/types.js';

const name = 'offing-first-use';

export interface LaterParts {
  /** Answers with what is kept, else from the network, and keeps that. */
  readonly answer: RouteHandlerCallback;
  /** Fetches what of `paths` is not kept yet; ends at the first that does not come. */
  fetchAll(paths: readonly string[]): Promise<void>;
}

/** `current` are the paths of such parts in this version; others that are kept go. */
export function laterParts(current: readonly string[]): LaterParts {
  let fetching: Promise<void> | null = null;

  async function keep(cache: Cache, request: Request | string): Promise<Response> {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  }

  async function forgetOthers(cache: Cache): Promise<ReadonlySet<string>> {
    const kept = (await cache.keys()).map(({ url }) => new URL(url).pathname);
    const [gone, there] = [[] as string[], new Set<string>()];
    for (const path of kept) {
      if (current.includes(path)) there.add(path);
      else gone.push(path);
    }
    for (const path of gone) await cache.delete(path);
    return there;
  }

  async function fetchMissing(paths: readonly string[]): Promise<void> {
    const cache = await caches.open(name);
    const there = await forgetOthers(cache);
    for (const path of paths) {
      if (!there.has(path) && !(await keep(cache, path)).ok) return;
    }
  }

  return {
    async answer({ request }) {
      const cache = await caches.open(name);
      return (await cache.match(request)) ?? keep(cache, request);
    },
    fetchAll(paths) {
      // Without a network, or without room: the next start of a page tries again.
      fetching ??= fetchMissing(paths)
        .catch(() => undefined)
        .finally(() => (fetching = null));
      return fetching;
    },
  };
}
