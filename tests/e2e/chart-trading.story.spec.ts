/** Trading from the chart: a stop dragged, called off, refused and sent once; the form and its lines. */
import type { Page } from '@playwright/test';
import { seriousInBoth } from './accessibility.ts';
import { bidOf, firstAccount, priceOf, tagOf, take } from './chart-trader.ts';
import { status } from './device.ts';
import { expect, test } from './offing.ts';
import { confirm } from './paper-trader.ts';
import { started, watch } from './trader.ts';

const points = (price: number, count: number) => Number((price + count * 1e-5).toFixed(5));
const legend = (page: Page) => page.locator('.legend').first();

test('a stop is dragged on the chart, asked about, sent once, and called off or refused it stays', async ({
  page,
  context,
  place,
}, info) => {
  const faults = watch(page);
  const keep = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) });
  await place.enter(context);
  await page.goto(`${place.server.url}/charts/`);
  await started(page);
  await expect(status(page)).toHaveText('Synced');
  const account = await firstAccount(context, place.server);
  const bid = await bidOf(account);
  await account.place({ sl: points(bid, -100) });
  await expect(async () => expect((await account.book()).positions).toHaveLength(1)).toPass();
  await page.goto(
    `${place.server.url}/charts/?symbol=EURUSD&timeframe=M1&account=${account.accountId}`,
  );
  await expect(legend(page)).toBeVisible();

  const stop = page.getByRole('slider', { name: 'Stop of buy 0.05' });
  const tag = tagOf(page, stop);
  const question = page.getByRole('dialog', { name: 'Stop of buy 0.05 EURUSD' });
  await expect(stop).toBeVisible();
  const first = await priceOf(stop);
  const off = await take(page, stop);
  await off.by(40);
  await expect(tag).toContainText('% of equity');
  await keep('dragged');
  await page.keyboard.press('Escape');
  await off.drop();
  await expect(stop).toHaveAttribute('aria-valuenow', String(first));
  await expect(question).toBeHidden();

  const wrong = await take(page, stop);
  await wrong.by(-400);
  await expect(tag).toContainText('wrong side');
  await wrong.drop();
  await expect(stop).toHaveAttribute('aria-valuenow', String(first));
  await expect(question).toBeHidden();
  expect(await account.changes()).toBe(0);

  const meant = await take(page, stop);
  await meant.by(30);
  await meant.drop();
  await keep('asked');
  // It is said for a moment only.
  const confirmed = tag.filter({ hasText: 'Confirmed' }).waitFor();
  await Promise.all([confirmed, confirm(page, 'Stop of buy 0.05 EURUSD', 'Modify')]);
  await keep('confirmed');
  const now = await priceOf(stop);
  expect(now).toBeLessThan(first);
  expect((await account.book()).positions[0]?.sl).toBe(now);
  expect(await account.changes()).toBe(1);

  await stop.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(stop).toHaveAttribute('aria-valuenow', String(points(now, -10)));
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(stop).toHaveAttribute('aria-valuenow', String(now));
  expect(await account.changes()).toBe(1);

  await page.getByRole('button', { name: 'Trade', exact: true }).click();
  const form = page.getByRole('complementary', { name: 'Order form' });
  // The line of the market order, taken away from the price, becomes an order that waits there.
  const market = page.getByRole('slider', { name: 'Order form: buy 0.01' });
  const away = await take(page, market);
  await away.by(40);
  await expect(page.getByRole('slider', { name: 'Order form: buy limit 0.01' })).toBeVisible();
  await away.drop();
  await expect(form.getByLabel('Kind')).toHaveValue('limit');
  await expect(form.getByRole('button', { name: /^Buy 0\.01 EURUSD limit at/ })).toBeVisible();

  await form.getByLabel('Kind').selectOption('limit');
  await form.getByLabel('Price', { exact: true }).fill(String(points(bid, -50)));
  const entry = page.getByRole('slider', { name: 'Order form: buy limit 0.01' });
  await expect(entry).toHaveAttribute('aria-valuenow', String(points(bid, -50)));
  const preview = await take(page, entry);
  await preview.by(20);
  await preview.drop();
  await expect(form.getByLabel('Price', { exact: true })).not.toHaveValue(String(points(bid, -50)));
  await expect(async () => {
    const asked = String(await priceOf(entry));
    await expect(form.getByLabel('Price', { exact: true })).toHaveValue(asked, { timeout: 1_000 });
  }).toPass();
  await keep('form');
  expect(await seriousInBoth(page)).toEqual([]);
  expect(faults).toEqual([]);
});
