/** Accessibility of every page and its main states, in light and dark. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './offing.ts';
import { password } from './person.ts';
import { loadSample, runBacktest, started } from './trader.ts';

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a serious finding in ${colorScheme}`, async ({ browser, server }, info) => {
    test.setTimeout(300_000);
    const { viewport, hasTouch, isMobile } = info.project.use;
    const context = await browser.newContext({
      colorScheme,
      reducedMotion: 'reduce',
      viewport: viewport ?? null,
      hasTouch: hasTouch ?? false,
      isMobile: isMobile ?? false,
    });
    const page = await context.newPage();
    const found: Record<string, string[]> = {};
    const look = async (name: string) => {
      await started(page);
      const violations = await serious(page);
      if (violations.length > 0) found[name] = violations;
    };
    await page.goto(server.url);
    await look('first visit');
    for (const path of ['/prices/', '/strategies/', '/backtest/', '/settings/']) {
      await page.goto(server.url + path);
      await look(`${path} empty`);
    }
    await page.goto(server.url);
    await loadSample(page);
    await look('chart');
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
    await page.goto(server.url);
    await look('home');
    for (const path of ['sign-in', 'sign-up', 'reset', 'verify', 'first-admin']) {
      await page.goto(`${server.url}/account/${path}/`);
      await look(`/account/${path}/`);
    }
    await page.goto(`${server.url}/security/`);
    await look('/security/ signed out');
    const email = `${colorScheme}.${info.project.name}@offing.example`;
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
      await expect(page.getByRole('button', { name: /^Account / })).toBeVisible();
      await expect(page.getByRole('main').getByText(drawn)).toBeVisible();
      await look(path);
    }
    await context.close();
    expect(found).toEqual({});
  });
}
