/**
 * What happens once somebody is signed in: the account's own database is opened, the tabs know it,
 * and one goes where one wanted to.
 */
import { goto } from '$app/navigation';
import { notify } from '../state/notices.ts';
import { work } from '../state/work.svelte.ts';
import { account } from './account.svelte.ts';
import { enterDatabase } from './own-database.ts';
import { say } from '../words/language.ts';

export async function finishSignIn(next: string): Promise<void> {
  await account.changed();
  const userId = account.account?.userId;
  // While a job runs, the account's button sees to it once it is done.
  if (userId && !work.busy && (await enterDatabase(userId))) return location.replace(next);
  await goto(next, { replaceState: true });
  void notify({
    tone: 'ok',
    id: 'signed-in',
    text: account.account ? say`Signed in as ${account.account.email}` : say`Signed in`,
    detail: say`What you wrote before is still here.`,
  });
}
