/** What axe calls serious on a page, in the appearance of the system or in both. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What fades or moves has no colours and no place of its own until it is there. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(fading.map((one) => one.finished));
  });

async function look(page: Page, rules?: readonly string[]): Promise<string[]> {
  await settled(page);
  // The other mode opens a tab more each time, which only pages with foreign frames need.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules) axe.withRules([...rules]);
  const { violations, passes } = await axe.analyze();
  // A rule that looked at nothing would be content with anything.
  expect(passes.length + violations.length).toBeGreaterThan(0);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** A notice may have begun to fade in the middle of the look: what is wrong is so at the next as well. */
async function findings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const first = await look(page, rules);
  return first.length === 0 ? first : look(page, rules);
}

/** In the appearance that the page has now. */
export const serious = (page: Page) => findings(page);

const phone = { width: 390, height: 844 };

/** At the size that the page has now, then at that of a phone. */
export async function seriousInBothSizes(page: Page): Promise<string[]> {
  const large = await findings(page);
  const before = page.viewportSize();
  await page.setViewportSize(phone);
  const small = await findings(page);
  if (before) await page.setViewportSize(before);
  return [...large, ...small.map((finding) => `on a phone ${finding}`)];
}

const ink = (page: Page) => page.evaluate(() => getComputedStyle(document.body).color);

/** In light. */
export async function seriousInLight(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  return findings(page);
}

/** In light by every rule, then in dark by the one rule that sees colours. */
export async function seriousInBoth(page: Page): Promise<string[]> {
  const inLight = await seriousInLight(page);
  const lightInk = await ink(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ink(page)).not.toBe(lightInk);
  const inDark = await findings(page, ['color-contrast']);
  return [...inLight, ...inDark.map((finding) => `in dark ${finding}`)];
}
