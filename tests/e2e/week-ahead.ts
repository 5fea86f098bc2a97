/** A device whose clock runs ahead, in its pages and in its workers alike. */
import type { BrowserContext } from '@playwright/test';

/**
 * From the next load on, every script of the context lives `aheadMs` later.
 *
 * A clock set from outside reaches no worker: so each script comes with the shift in front of it.
 * The service worker would bring those kept before; the context must block it.
 */
export async function moveClock(context: BrowserContext, aheadMs: number): Promise<void> {
  const shift = `globalThis.clockIsMoved ??= (() => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...parts) { super(...(parts.length > 0 ? parts : [Real.now() + ${aheadMs}])); }
      static now() { return Real.now() + ${aheadMs}; }
    };
    return true;
  })();\n`;
  await context.route(/\/_app\/.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: shift + (await response.text()) });
  });
}
