/** The test of Playwright with the product running: one server for all stories of a worker process. */
import { test as base } from '@playwright/test';
import { join } from 'node:path';
import { openTradingPlace, type TradingPlace } from './paper-trader.ts';
import { root, type RunningServer } from './running.ts';

export { expect } from '@playwright/test';

export const sharedData = join(root, '../shared/data');

/**
 * Every file takes this one: between tests that share other things Playwright ends its process,
 * and with it the browser and the server. Who kills the server starts one of their own.
 */
export const test = base.extend<object, { place: TradingPlace; server: RunningServer }>({
  place: [
    async ({}, use) => {
      const place = await openTradingPlace();
      await use(place);
      await place.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  server: [({ place }, use) => use(place.server), { scope: 'worker' }],
});
