/** How much of the browser's storage is used, and whether the browser has promised to keep it. */

class StorageMeter {
  usedBytes = $state<number | null>(null);
  quotaBytes = $state<number | null>(null);
  /** Null while not known or where the browser makes no promises. */
  persisted = $state<boolean | null>(null);

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
