/** The test of Playwright, with the real product running. */
import { test as base } from '@playwright/test';
import { join } from 'node:path';
import { root, startServer, type RunningServer } from './running.ts';

export { expect } from '@playwright/test';

export const sharedData = join(root, '../shared/data');

/** Tests that only read from the server share one per Playwright worker. */
export const test = base.extend<object, { server: RunningServer }>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
