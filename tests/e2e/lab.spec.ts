/** The lab runs what stands in its fields, or not at all. */
import { expect, test } from './offing.ts';
import { loadSample, started } from './trader.ts';

test('an input that is no number keeps the backtest from starting', async ({ page, server }) => {
  await page.goto(server.url);
  await loadSample(page);
  await page.goto(`${server.url}/backtest/`);
  await started(page);
  const run = page.getByRole('button', { name: 'Run backtest' });
  const fast = page.getByLabel('fast', { exact: true });
  await expect(run).toBeEnabled();
  for (const text of ['abc', '', '1,000']) {
    await fast.fill(text);
    await expect(run).toBeDisabled();
  }
  await fast.fill('12');
  await expect(run).toBeEnabled();
});
