/** From ranges to a ranked search. */
import { serious, seriousInBothSizes } from './accessibility.ts';
import { expect, test } from './offing.ts';
import { loadSample, started, watch } from './trader.ts';

test(
  'a trader searches, judges the best and opens it as a backtest',
  { tag: '@one-size' },
  async ({ page, server }) => {
    const faults = watch(page);
    await page.goto(server.url);
    await loadSample(page);
    await page.goto(`${server.url}/backtest/`);
    await page.getByRole('link', { name: 'Optimise its inputs' }).click();
    await expect(page.getByText('190 combinations')).toBeVisible();
    expect(await seriousInBothSizes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start search' }).click();

    await expect(page.getByText(/^18\d combinations ranked/)).toBeVisible();
    await expect(page.getByText(/Do not trust the best of this search/)).toBeVisible();
    await expect(page.getByText(/was found in 190 tries/)).toBeVisible();
    const map = page.getByRole('region', { name: 'Map of the objective' });
    await expect(map.getByRole('cell')).toHaveCount(190);
    await page.getByRole('button', { name: 'Try on shuffled prices' }).click();
    await expect(page.getByText(/of shuffled prices did as well or better/)).toBeVisible();

    await page.getByText('Ranges as numbers').click();
    const range = page.getByRole('group', { name: 'Keep fast' });
    await range.getByLabel('from').fill('40');
    await range.getByLabel('from').press('Enter');
    await expect(page.getByText(/ranked, \d+ within the ranges drawn above/)).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page.getByText(/^18\d combinations ranked\./)).toBeVisible();

    await page.getByRole('button', { name: 'Check 190 tries together' }).click();
    await expect(page.getByText(/By luck alone the best of 1\d\d tries/)).toBeVisible();
    await page.getByLabel('What is changed').selectOption('random entries');
    await page.getByRole('button', { name: 'Try 2,000 paths' }).click();
    await expect(page.getByText(/of random entries did as well or better/)).toBeVisible();
    await page.getByLabel('What is changed').selectOption('worse fills');
    await page.getByRole('button', { name: 'Try 500 paths' }).click();
    await expect(page.getByText(/of the paths lose money/)).toBeVisible();
    await page.getByRole('button', { name: 'Check the rules' }).click();
    await expect(page.getByText('No look ahead.')).toBeVisible();
    expect(await seriousInBothSizes(page)).toEqual([]);

    await page.getByRole('button', { name: 'Open number 1 as a backtest' }).click();
    await expect(page).toHaveURL(/\/backtest\/\?run=/);
    await expect(page.getByRole('tab', { name: /Equity/ })).toBeVisible();
    expect(faults).toEqual([]);
  },
);

test(
  'a walk forward shows each window, and a random search says how much it tried',
  { tag: '@one-size' },
  async ({ page, server }) => {
    await page.goto(server.url);
    await loadSample(page);
    await page.goto(`${server.url}/optimise/`);
    await started(page);
    await page.getByLabel('Check on unseen prices').selectOption('rolling');
    await page.getByLabel('Try', { exact: true }).selectOption('random');
    await page.getByLabel('Combinations', { exact: true }).fill('100');
    await expect(page.getByText('100 combinations of 190')).toBeVisible();
    await page.getByRole('button', { name: 'Start search' }).click();
    const windows = page.getByRole('region', { name: 'Windows' });
    await expect(windows.getByRole('row')).toHaveCount(6);
    await expect(page.getByText(/Tests that gained/)).toBeVisible();
    expect(await serious(page)).toEqual([]);
  },
);
