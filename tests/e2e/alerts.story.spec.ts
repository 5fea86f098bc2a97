/** An alert from its dialog to the bell and the inbox, as a trader sees it. */
import { seriousInBoth } from './accessibility.ts';
import { status } from './device.ts';
import { expect, test } from './offing.ts';
import { started, watch } from './trader.ts';

test('a trader sets an alert, is told, reads it and takes it away', async ({
  page,
  context,
  place,
}) => {
  const faults = watch(page);
  await place.enter(context);
  await page.goto(`${place.server.url}/alerts/`);
  await started(page);
  await expect(status(page)).toHaveText('Synced');
  await page.getByRole('button', { name: 'Set an alert' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set an alert' });
  await dialog.getByRole('radio', { name: 'Indicator' }).check();
  await dialog.getByLabel('Symbol').fill('EURUSD');
  await expect(dialog.getByText(/Bid now/)).toBeVisible();
  await dialog.getByLabel('Bars of').selectOption({ label: '1 second' });
  await dialog.getByLabel('When', { exact: true }).selectOption({ label: 'A rule of your own' });
  await dialog.getByLabel('Rule').fill('close > close[1]');
  await dialog.getByLabel('Note').fill('It goes up');
  expect(await seriousInBoth(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Set the alert' }).click();

  const bell = page.getByTestId('bell');
  await expect(bell).toHaveText(/1 unread/);
  const inbox = page.getByRole('region', { name: 'Inbox' });
  await expect(inbox.getByText('It goes up')).toBeVisible();
  const alerts = page.getByRole('region', { name: 'Alerts', exact: true });
  await expect(alerts.getByText('Done')).toBeVisible();
  expect(await seriousInBoth(page)).toEqual([]);
  await inbox.getByRole('button', { name: /^Mark as read/ }).click();
  await expect(bell).toHaveText(/nothing unread/);
  await alerts.getByRole('button', { name: /^Delete/ }).click();
  await expect(page.getByText('No alert yet')).toBeVisible();
  await expect(inbox.getByText('It goes up')).toBeVisible();
  expect(faults).toEqual([]);
});
