/** What works on every page: finding, keys of one's own, clocks, and amounts out of sight. */
import { expect, test } from './offing.ts';
import { started } from './trader.ts';

test(
  'everything is found by a few letters, by keys of one’s own, and by one’s own clock',
  { tag: '@one-size' },
  async ({ page, server }) => {
    await page.goto(server.url);
    await started(page);

    await page.keyboard.press('Control+k');
    const finder = page.getByRole('combobox');
    await finder.fill('setings');
    await expect(page.getByRole('option', { selected: true })).toContainText('Settings');
    await finder.press('Enter');
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();

    await page.getByRole('button', { name: /^Keys of Dark or light theme/ }).click();
    await expect(
      page.getByRole('group', { name: 'New keys of Dark or light theme' }),
    ).toBeFocused();
    await page.keyboard.press('?');
    await expect(page.getByText('“Show all keys” has these keys')).toBeVisible();
    await page.keyboard.press('Control+b');
    const use = page.getByRole('button', { name: 'Use them' });
    await use.click();
    await expect(use).toHaveCount(0);
    await page.keyboard.press('Control+b');
    await expect(page.locator('html')).toHaveAttribute('data-theme', /dark|light/);

    await page.getByRole('button', { name: /by whose clock/ }).click();
    await page.getByRole('menuitem', { name: 'Another zone…' }).click();
    await page.getByRole('radio', { name: 'A zone' }).check({ force: true });
    await page.getByLabel('Zone', { exact: true }).fill('Asia/Kathmandu');
    await page.keyboard.press('Tab');
    await expect(page.getByText('2024-05-08 18:50 Kathmandu')).toBeVisible();
    await page.reload();
    await started(page);
    await expect(page.getByRole('button', { name: /Kathmandu: by whose clock/ })).toBeVisible();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' }).getByText('Ctrl B')).toBeVisible();
  },
);
