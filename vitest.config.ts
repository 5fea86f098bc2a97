/**
 * Three kinds of tests by suffix: `.pg` needs Postgres, `.browser` a real Chromium, the rest neither;
 * the rest share one process for each core, but for those that have to be alone.
 */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/longest-first.ts';

const elsewhere = [
  '**/node_modules/**',
  '**/build/**',
  '**/.svelte-kit/**',
  'tests/e2e/**',
  '**/.cache/**',
];
/** What changes the process it runs in, or looks at all of it. */
const alone = ['tests/security/code-escape.test.ts'];
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export default defineConfig({
  worker: { format: 'es' },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, ...alone, '**/*.pg.test.ts', '**/*.browser.test.ts'],
          environment: 'node',
          // They leave no state behind: a module graph for each file would cost more than the tests.
          pool: 'threads',
          isolate: false,
          // By itself Vitest leaves one core to itself, which on two of them is half the machine.
          maxWorkers: '100%',
          // A property over hundreds of runs is slow on a busy machine, not wrong.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          environment: 'node',
          maxWorkers: '100%',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: ['**/*.pg.test.ts'],
          globalSetup: 'tests/server-entry.ts',
          exclude: elsewhere,
          environment: 'node',
          // Each file has servers of its own, which wait more than they compute.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          sequence: { groupOrder: 2 },
          include: ['**/*.browser.test.ts'],
          exclude: elsewhere,
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath,
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
