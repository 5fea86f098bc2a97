/** A day at the charts: an indicator, a drawing that stays and is taken back, a replay without a future. */
import type { Page } from '@playwright/test';
import { expect, test } from './offing.ts';
import { loadSample, started, watch } from './trader.ts';

const legend = (page: Page) => page.locator('.legend').first();

/** Without the pointer on a chart its legend tells of the last bar. */
async function lastBar(page: Page, day: string): Promise<void> {
  await page.mouse.move(2, 2);
  await expect(legend(page)).toContainText(day);
}

/** Presses on the first chart, at shares of its width and height. */
async function press(page: Page, ...spots: readonly (readonly [number, number])[]): Promise<void> {
  const box = (await page.locator('.canvas').first().boundingBox())!;
  for (const [x, y] of spots) {
    await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
    await page.mouse.down();
    await page.mouse.up();
  }
}

async function takeTool(page: Page, title: string): Promise<void> {
  const draw = page.getByRole('button', { name: 'Draw', exact: true });
  if (await draw.isVisible()) await draw.click();
  await page
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .last()
    .click();
}

test('what a trader sets up on the charts is there again, and a replay hides what came later', async ({
  page,
  server,
}, { project }) => {
  const faults = watch(page);
  await page.goto(server.url);
  await loadSample(page);
  await page.getByRole('link', { name: 'Open in charts' }).click();
  await expect(page).toHaveURL(/\/charts\//);
  await lastBar(page, '2020-04-17');

  await page.getByRole('button', { name: 'Indicators' }).click();
  await page.getByLabel('Search indicators').fill('bollinger');
  await page.getByRole('button', { name: /^Bollinger bands/ }).click();
  await expect(legend(page)).toContainText(/Bollinger bands 20, 2\s*[\d.]+/);
  await legend(page).getByRole('button', { name: 'Bollinger bands 20, 2', exact: true }).click();
  await page.getByLabel('Period').fill('0');
  await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await page.getByLabel('Period').fill('50');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(legend(page)).toContainText('Bollinger bands 50, 2');

  await takeTool(page, 'Trend line');
  await press(page, [0.2, 0.5], [0.6, 0.35]);
  const selected = page.getByRole('toolbar', { name: 'Selected drawing' });
  await expect(selected).toContainText(project.name === 'phone' ? 'All timeframes' : 'Trend line');

  await page.reload();
  await started(page);
  await expect(legend(page)).toContainText('Bollinger bands 50, 2');
  const choose = () =>
    expect(async () => {
      await press(page, [0.2, 0.5]);
      await expect(selected).toBeVisible({ timeout: 500 });
    }).toPass();
  await choose();
  await selected.getByRole('button', { name: /^Delete/ }).click();
  await expect(selected).toBeHidden();
  await press(page, [0.2, 0.5]);
  await expect(selected).toBeHidden();
  await page.keyboard.press('Control+z');
  await choose();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.getByLabel('Day to begin on').fill('2010-03-10');
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await lastBar(page, '2010-03-09');
  await page.getByRole('button', { name: /^One bar on/ }).click();
  await lastBar(page, '2010-03-10');
  await page.keyboard.press('Shift+ArrowRight');
  await lastBar(page, '2010-03-11');
  await page.getByRole('button', { name: 'Show as a table' }).click();
  const table = page.getByRole('region', { name: 'Bars of SP500 D1' });
  await expect(table).toContainText('2010-03-11');
  await expect(table).not.toContainText('2010-03-12');
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await page.getByRole('button', { name: 'Leave the replay' }).click();
  await lastBar(page, '2020-04-17');

  await page.getByRole('button', { name: 'Picture of the chart' }).click();
  await page.getByRole('menuitem', { name: 'Put into a new note' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(/^SP500 D1, /);
  await expect(page.getByRole('button', { name: /^Show SP500 D1, / })).toBeEnabled();
  expect(faults).toEqual([]);
});
