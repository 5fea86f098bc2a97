/** What a page holds once its rubbish is swept: objects and the buffers behind its arrays. */
import type { Page } from '@playwright/test';

interface HeapUsage {
  readonly usedSize: number;
  /** Newer engines count the buffers apart. */
  readonly backingStorageSize?: number;
}

/** In bytes, workers left out. */
export async function pageMemory(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    const usage = (await session.send('Runtime.getHeapUsage')) as HeapUsage;
    return usage.usedSize + (usage.backingStorageSize ?? 0);
  } finally {
    await session.detach();
  }
}
