/** How much of the browser's storage is used, and whether the browser has promised to keep it. */

const firstLooksMs = [2_000, 8_000] as const;
const everyMs = 30_000;

class StorageMeter {
  usedBytes = $state<number | null>(null);
  quotaBytes = $state<number | null>(null);
  /** Null while not known or where the browser makes no promises. */
  persisted = $state<boolean | null>(null);

  /** Measures now and then, as long as somebody looks, until the returned function is called. */
  follow(): () => void {
    const again = () => {
      if (document.visibilityState === 'visible') void this.measure();
    };
    // The databases are opened, and the pages kept, in the first seconds.
    const timers = firstLooksMs.map((ms) => setTimeout(again, ms));
    const timer = setInterval(again, everyMs);
    document.addEventListener('visibilitychange', again);
    void this.measure();
    return () => {
      timers.forEach(clearTimeout);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }

  async measure(): Promise<void> {
    if (!('storage' in navigator)) return;
    const estimate = await navigator.storage.estimate().catch(() => null);
    this.usedBytes = estimate?.usage ?? null;
    this.quotaBytes = estimate?.quota ?? null;
    this.persisted = await (navigator.storage.persisted?.() ?? null);
  }

  /** Asks the browser not to evict our data; answers whether it has promised. */
  async persist(): Promise<boolean> {
    const granted = (await navigator.storage?.persist?.().catch(() => false)) ?? false;
    this.persisted = granted;
    return granted;
  }
}

export const storage = new StorageMeter();
