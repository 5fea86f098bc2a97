/** Every page under the server's own headers, and what makes it an app. */
import { expect, test } from './offing.ts';
import { keptForOffline, watch } from './trader.ts';

const pages = [
  '/',
  '/prices/',
  '/strategies/',
  '/backtest/',
  '/settings/',
  '/account/sign-in/',
  '/account/sign-up/',
  '/security/',
  '/profile/',
  '/admin/',
  '/api-reference/',
  '/no/such/page',
];

test('every page and the fallback start under the content policy', async ({ page, server }) => {
  const faults = watch(page);
  for (const path of pages) {
    const response = await page.goto(server.url + path);
    expect(response?.headers()['content-security-policy']).not.toMatch(
      /script-src[^;]*'unsafe-(inline|eval)'/,
    );
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  }
  expect(faults).toEqual([]);
});

test('the browser would install it', async ({ page, server }) => {
  await page.goto(server.url);
  await keptForOffline(page);
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's context is off the record, which the browser lists as its only objection.
  const other = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
  expect(other).toEqual([]);
});
