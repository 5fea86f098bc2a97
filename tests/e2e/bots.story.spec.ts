/** A bot from its start on paper to the kill switch, as a trader sees it. */
import { seriousInBoth } from './accessibility.ts';
import { status } from './device.ts';
import { expect, test } from './offing.ts';
import { started, watch } from './trader.ts';

test('a trader starts a bot on paper, sees what it does, and kills it', async ({
  page,
  context,
  place,
}) => {
  const faults = watch(page);
  await place.enter(context);
  await page.goto(`${place.server.url}/bots/`);
  await started(page);
  await expect(status(page)).toHaveText('Synced');
  await page.getByRole('button', { name: 'Start a bot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start a bot' });
  await expect(dialog.getByRole('note').first()).toContainText('no money is at stake');
  await dialog.getByLabel('Strategy').selectOption({ label: 'Template: Bollinger breakout' });
  await dialog.getByLabel('Symbol').selectOption('EURUSD');
  await dialog.getByLabel('Bars of').selectOption({ label: '1 second' });
  await dialog.getByRole('button', { name: 'Start on paper' }).click();

  const bot = page.getByRole('button', { name: /Bollinger breakout/ });
  await expect(bot).toContainText('Running');
  await expect(page.getByRole('listitem').filter({ hasText: 'Started' }).last()).toBeVisible();
  await page.getByRole('button', { name: 'Compare again' }).click();
  await expect(page.getByText(/The backtest came to/)).toBeVisible();
  expect(await seriousInBoth(page)).toEqual([]);

  await page.getByRole('button', { name: 'Kill switch' }).click();
  const question = page.getByRole('dialog', { name: 'Kill switch' });
  await question.getByRole('button', { name: 'Kill 1 bot' }).click();
  await expect(bot).toContainText('Killed');
  await expect(page.getByText('No bot is running.')).toBeVisible();
  expect(faults).toEqual([]);
});
