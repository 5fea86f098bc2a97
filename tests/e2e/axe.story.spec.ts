/** Accessibility of every page and its main states: in light in both sizes, in dark in one, whose colours are the same. */
import { seriousInBoth, seriousInLight } from './accessibility.ts';
import { status } from './device.ts';
import { expect, test } from './offing.ts';
import { password } from './person.ts';
import { loadSample, runBacktest, started } from './trader.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('no page has a serious finding in light or dark', async ({ page, server }, info) => {
  test.setTimeout(300_000);
  const found: Record<string, string[]> = {};
  const findings = info.project.name === 'desktop' ? seriousInBoth : seriousInLight;
  const look = async (name: string) => {
    await started(page);
    // What is fetched for the page is to be looked at too.
    await expect(page.getByText('Opening…', { exact: true })).toHaveCount(0);
    const violations = await findings(page);
    if (violations.length > 0) found[name] = violations;
  };
  await page.goto(server.url);
  await look('first visit');
  for (const path of [
    '/prices/',
    '/charts/',
    '/strategies/',
    '/backtest/',
    '/notes/',
    '/settings/',
  ]) {
    await page.goto(server.url + path);
    await look(`${path} empty`);
  }
  await page.goto(server.url);
  await loadSample(page);
  await look('chart');
  await page.goto(`${server.url}/charts/`);
  await expect(page.getByText('2020-04-17').first()).toBeVisible();
  await look('charts');
  await page.goto(`${server.url}/backtest/`);
  await runBacktest(page);
  for (const tab of [/Equity/, /Round trips/, /Statistics/, /Report/, /Rules and settings/]) {
    await page.getByRole('tab', { name: tab }).click();
    await look(`result ${tab}`);
  }
  await page.goto(`${server.url}/strategies/`);
  await look('strategies');
  await page.getByRole('link', { name: 'Moving average cross' }).first().click();
  await expect(page.locator('.cm-editor')).toBeVisible();
  await look('editor');
  await page.goto(`${server.url}/notes/`);
  await started(page);
  await page.getByRole('button', { name: 'Write the first note' }).click();
  await page.getByLabel('Add a tag').fill('plan');
  await page.getByLabel('Add a tag').press('Enter');
  await expect(page.locator('.cm-editor')).toBeVisible();
  await look('note');
  await page.goto(`${server.url}/prices/`);
  await started(page);
  await page.getByLabel('Symbol to watch').fill('EURUSD');
  await page.getByLabel('Symbol to watch').press('Enter');
  await expect(page.getByRole('button', { name: 'Move EURUSD up' })).toBeVisible();
  await look('watchlist');
  await page.goto(server.url);
  await look('home');
  for (const path of ['sign-in', 'sign-up', 'reset', 'verify', 'first-admin']) {
    await page.goto(`${server.url}/account/${path}/`);
    await look(`/account/${path}/`);
  }
  await page.goto(`${server.url}/security/`);
  await look('/security/ signed out');
  const email = `${info.project.name}.axe@offing.example`;
  for (const procedure of ['auth.signUp', 'auth.signIn']) {
    await page.request.post(`${server.url}/trpc/${procedure}`, {
      headers: { 'x-offing-client': 'test' },
      data: { email, password },
    });
  }
  for (const [path, drawn] of [
    ['/security/', 'Verify the chain'],
    ['/profile/', 'Delete the account…'],
    ['/admin/', 'This page is for support and admins.'],
    ['/api-reference/', 'To begin'],
  ] as const) {
    await page.goto(server.url + path);
    // Before that the page of who has just come in is loaded anew.
    await expect(status(page)).toHaveText('Synced');
    await expect(page.getByRole('button', { name: /^Account / })).toBeVisible();
    await expect(page.getByRole('main').getByText(drawn)).toBeVisible();
    await look(path);
  }
  expect(found).toEqual({});
});
