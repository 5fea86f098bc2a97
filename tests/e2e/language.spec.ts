/** Another language: chosen once, spoken from then on without asking anybody, and left again. */
import { expect, test } from './offing.ts';
import { started } from './trader.ts';

test('the pages speak the language that was chosen', async ({ page, server }) => {
  await page.goto(`${server.url}/settings/`);
  await started(page);
  await page.getByLabel('Language').selectOption('Bahasa Indonesia');
  await expect(page.getByRole('heading', { name: 'Pengaturan' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'id');

  await page.route(/id\.[^/]*\.json$/, (route) => route.abort());
  await page.goto(`${server.url}/journal/`);
  await started(page);
  await expect(page.getByRole('heading', { name: 'Jurnal masih kosong' })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('journal-id.png') });

  await page.goto(`${server.url}/journal/day/?day=2026-08-17`);
  await started(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Senin, 17 Agustus 2026');

  await page.goto(`${server.url}/settings/`);
  await started(page);
  await page.getByLabel('Bahasa').selectOption('English');
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
