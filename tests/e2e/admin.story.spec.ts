/** Running an installation without mail: the first admin, the outbox, another's role. */
import { expect, test } from './offing.ts';
import { startServer, type RunningServer } from './running.ts';
import { addApp, confirmAddress, fillSignIn, password, signedIn, signUp } from './person.ts';
import { started, told } from './trader.ts';

let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer({ OFFING_LIMITS: 'data=100000/1000000' });
});
test.afterAll(() => server.stop());

test('the printed link makes an admin, who reads the mail of a new trader and gives a role', async ({
  page,
  browser,
}) => {
  await page.goto(server.firstAdminLink);
  await page.getByLabel('E-mail', { exact: true }).fill('harbour@offing.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  const become = page.getByRole('main').getByRole('button', { name: 'Become the admin' });
  await told(page, /^Signed in as/, () => become.click());
  await signedIn(page);

  // An admin needs a second step.
  await page.goto(`${server.url}/admin/`);
  await page.getByRole('link', { name: 'Set up a second step' }).click();
  await addApp(page);

  const theirs = await browser.newContext();
  const trader = await theirs.newPage();
  await trader.goto(server.url);
  await signUp(trader, 'pilot@offing.example');

  await page.goto(`${server.url}/admin/`);
  await page.getByRole('tab', { name: 'Outbox' }).click();
  await page.getByRole('button', { name: /^Read .Confirm.* to pilot@offing\.example$/ }).click();
  await page.getByText('Text', { exact: true }).click();
  const link = page.getByRole('dialog').getByRole('link', { name: /account\/verify/ });
  await confirmAddress(trader, (await link.getAttribute('href')) ?? '');
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Accounts' }).click();
  await page.getByRole('button', { name: 'Open pilot@offing.example' }).click();
  await page.getByLabel('Role').selectOption('support');
  await page.getByRole('dialog').getByRole('button', { name: 'Change the role…' }).click();
  await expect(page.getByText(/support/i).first()).toBeVisible();
  await trader.reload();
  await started(trader);
  await expect(trader.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  await theirs.close();
});

test('too many tries count down instead of failing', { tag: '@one-size' }, async ({ page }) => {
  await page.goto(`${server.url}/account/sign-in/`);
  const button = page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true });
  const counting = page.getByRole('button', { name: /^Try again in \d:\d\d$/ });
  for (let tries = 0; tries < 8 && !(await counting.isVisible()); tries++) {
    // Until it is answered the button is as it was.
    const answered = page.waitForResponse(/\/trpc\/auth\.signIn/);
    await fillSignIn(page, 'nobody@offing.example');
    await answered;
    await expect(counting.or(button.and(page.locator(':enabled')))).toBeVisible();
  }
  await expect(counting).toBeVisible();
  await expect(counting).toBeDisabled();
});
