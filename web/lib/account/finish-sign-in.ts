/** What happens once somebody is signed in: the tabs know it, and one goes where one wanted to. */
import { goto } from '$app/navigation';
import { notify } from '../state/notices.ts';
import { account } from './account.svelte.ts';

export async function finishSignIn(next: string): Promise<void> {
  await account.changed();
  await goto(next, { replaceState: true });
  void notify({
    tone: 'ok',
    id: 'signed-in',
    text: account.account ? `Signed in as ${account.account.email}` : 'Signed in',
    detail: 'What you wrote before is still here.',
  });
}
