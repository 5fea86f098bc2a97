/** Notes as a trader keeps them: written, found, tagged, deleted and brought back, also offline. */
import { join } from 'node:path';
import { expect, test } from './offing.ts';
import { root, startStaticHost } from './running.ts';
import { holdUndo, keptForOffline, restKeptForOffline, started, watch } from './trader.ts';

test('a note is kept, found, tagged, deleted and brought back, and goes on without a server', async ({
  page,
  context,
}) => {
  const host = await startStaticHost(join(root, 'build'));
  const faults = watch(page);
  const text = page.getByRole('textbox', { name: 'Text of the note' });
  const title = page.getByRole('textbox', { name: 'Title' });
  const list = page.getByRole('list', { name: 'Notes' });
  const saved = page.getByText('Saved', { exact: true });
  await page.goto(host.url);
  await started(page);
  await keptForOffline(page);
  await page.getByRole('link', { name: 'Notes' }).first().click();

  await page.getByRole('button', { name: 'Write the first note' }).click();
  await title.fill('London breakout');
  await title.press('Enter');
  await expect(text).toBeFocused();
  await page.keyboard.insertText('Waited for the first hour.\nEntered on the retest.');
  await page.getByLabel('Add a tag').fill('plan');
  await page.getByLabel('Add a tag').press('Enter');
  await page.getByLabel('Add a tag').pressSequentially('EURUSD,');
  await expect(saved).toBeVisible();
  await expect(list.getByRole('link')).toHaveText(/London breakout.*Waited.*EURUSD.*plan/);

  await page.reload();
  await expect(text).toContainText('Entered on the retest.');
  await expect(title).toHaveValue('London breakout');

  expect(faults).toEqual([]);
  await restKeptForOffline(page);
  await host.stop();
  await context.setOffline(true);
  await page.reload();
  await expect(text).toContainText('Entered on the retest.');
  await page.locator('body').press('c');
  // The one that was open has a text as well.
  await expect(title).toHaveValue('');
  await text.click();
  await page.keyboard.insertText('Gap days end badly.');
  await expect(list.getByRole('link')).toHaveText([/Gap days/, /London/]);

  await page.getByLabel('Search notes').fill('retest eurusd');
  await expect(list.getByRole('link')).toHaveText([/London/]);
  await page.getByLabel('Search notes').fill('');
  await page.getByRole('button', { name: 'plan', exact: true }).click();
  await expect(list.getByRole('link')).toHaveText([/London/]);
  await list.getByRole('link').click();
  await expect(title).toHaveValue('London breakout');
  await page.getByRole('button', { name: 'Remove the tag plan' }).click();
  await expect(list.getByRole('link')).toHaveCount(0);
  await page.getByRole('button', { name: 'plan', exact: true }).click();

  const pictures = page.getByRole('group', { name: 'Pictures' });
  await page.locator('article input[type=file]').setInputFiles(join(root, 'docs/screenshot.png'));
  const thumb = pictures.getByRole('button', { name: 'Show screenshot.png' });
  await expect(thumb).toBeEnabled();
  await page.reload();
  await thumb.click();
  const large = page.getByRole('dialog', { name: 'screenshot.png' });
  await expect(large.getByRole('img', { name: 'screenshot.png' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Delete this note' }).click();
  const undo = await holdUndo(page);
  await expect(list.getByRole('link')).toHaveText([/Gap days/]);
  await undo.click();
  await list.getByRole('link', { name: /London/ }).click();
  await expect(text).toContainText('Waited for the first hour.');

  const other = await context.newPage();
  await other.goto(page.url());
  const otherText = other.getByRole('textbox', { name: 'Text of the note' });
  await expect(otherText).toContainText('Waited for the first hour.');
  await otherText.click();
  await other.keyboard.press('Control+End');
  await other.keyboard.insertText(' Seen in another tab.');
  await expect(text).toContainText('Entered on the retest. Seen in another tab.');
});
