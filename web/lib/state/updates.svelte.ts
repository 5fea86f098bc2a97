/**
 * A newer version of the app: fetched quietly, used when the trader says so, in all tabs at once.
 *
 * The waiting service worker is told `{ type: 'SKIP_WAITING' }` only by `reload()`, which
 * refuses while a job runs in this tab; every tab reloads when the new worker takes control,
 * a busy one as soon as its jobs are done.
 */
import { dev } from '$app/environment';
import { reloadWhenIdle } from './reload.ts';
import { work } from './work.svelte.ts';

const hourMs = 3_600_000;
const restMs = 2_000;

/** Lets the worker fetch the pages that were not opened yet, when this one has nothing to do. */
async function fetchTheRest(container: ServiceWorkerContainer): Promise<void> {
  const { connection } = navigator as { connection?: { readonly saveData?: boolean } };
  if (connection?.saveData) return;
  const { active } = await container.ready;
  const ask = () => active?.postMessage({ type: 'FETCH_THE_REST' });
  setTimeout(
    () => ('requestIdleCallback' in globalThis ? requestIdleCallback(ask) : ask()),
    restMs,
  );
}

class Updates {
  waiting = $state(false);
  /** True once the app is kept for use without a network. */
  offlineReady = $state(false);
  private registration: ServiceWorkerRegistration | undefined;

  /** Registers the service worker, in production only; checks on focus and every hour. */
  async register(): Promise<void> {
    if (dev || !('serviceWorker' in navigator)) return;
    const container = navigator.serviceWorker;
    let controlled = container.controller !== null;
    container.addEventListener('controllerchange', () => {
      // The very first worker takes over a page that is as new as itself.
      if (controlled || this.waiting) reloadWhenIdle();
      else this.offlineReady = true;
      controlled = true;
    });
    try {
      this.registration = await container.register('/service-worker.js', {
        updateViaCache: 'none',
      });
    } catch {
      // Plain http away from loopback, or a refusal: the app works, only not offline.
      return;
    }
    // Some privacy modes answer with nothing where they should refuse.
    if (!this.registration) return;
    this.offlineReady = controlled || this.registration.active !== null;
    this.watch(this.registration);
    const check = () => void this.registration?.update().catch(() => undefined);
    addEventListener('focus', check);
    setInterval(check, hourMs);
    void fetchTheRest(container);
  }

  /** Switches to the waiting version; answers false while work is in progress here. */
  reload(): boolean {
    if (work.busy) return false;
    this.registration?.waiting?.postMessage({ type: 'SKIP_WAITING' });
    return true;
  }

  private watch(registration: ServiceWorkerRegistration): void {
    const settled = () => {
      if (registration.waiting && navigator.serviceWorker.controller) this.waiting = true;
      else if (registration.active) this.offlineReady = true;
    };
    settled();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', settled);
    });
  }
}

export const updates = new Updates();
