/**
 * The whole product in a real Chromium, at desktop and phone size: stories in both, but for what a
 * story says `@one-size` of, since the size of the screen has no part in it.
 */
import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

/**
 * Playwright's own list, which the last one given replaces, and at its end what the address bar
 * draws as pages of its own: a second of computing for each window, which nobody here sees.
 */
const features = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

const args = [
  '--no-sandbox',
  `--disable-features=${features.join(',')}`,
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(import.meta.dirname, '../../test-results'),
  ...(process.env['OFFING_LONG'] ? {} : { testIgnore: /\.long\.spec\.ts$/ }),
  timeout: 150_000,
  // What waits for something that does not come ends long before its story would.
  expect: { timeout: 30_000, toPass: { timeout: 60_000 } },
  workers: 2,
  fullyParallel: true,
  // A story that passes at its second try counts, and is named at the end: it is to be mended.
  retries: 1,
  reporter: [
    ['line'],
    ['json', { outputFile: join(import.meta.dirname, '../../.cache/reports/e2e.json') }],
  ],
  use: {
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args },
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    trace: 'off',
    screenshot: 'off',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone',
      testMatch: /\.story\.spec\.ts$/,
      grepInvert: /@one-size/,
      use: {
        ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
        // Each visit would fetch all that is kept: what that is for is looked at where it matters.
        serviceWorkers: 'block',
      },
    },
  ],
});
