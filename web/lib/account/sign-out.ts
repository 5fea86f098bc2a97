/** Ends this session, once the trader has said what is to become of what is on the device. */
import { mount, unmount } from 'svelte';
import { goto } from '$app/navigation';
import { ownerOf } from '#workers/store/owner.ts';
import { lockKeys } from '#workers/store/sealing-keys.ts';
import { database } from '../state/database.ts';
import { notify, notifyFailure } from '../state/notices.ts';
import { leaveTo } from '../state/reload.ts';
import { work } from '../state/work.svelte.ts';
import { account } from './account.svelte.ts';
import { call } from './api.ts';
import { enterDatabase, removeDatabase } from './own-database.ts';
import { say } from '../words/language.ts';

export type Parting = 'keep' | 'remove';

export async function signOut(): Promise<void> {
  const userId = account.account?.userId ?? '';
  // Whoever leaves at once may not have come to a database of their own yet.
  const isOther = !work.busy && (await enterDatabase(userId));
  const parting = await askParting(userId);
  if (parting === null) return;
  const answer = await call((server) => server.auth.signOut.mutate());
  // An ended session is what was wanted.
  if (!answer.ok && answer.error.code !== 'auth.sign-in-needed') {
    return notifyFailure(answer.error);
  }
  const isRemoved = parting === 'remove' && (await removeDatabase(userId));
  if (!isRemoved) await lockKeys(database);
  await account.changed();
  if (isRemoved || isOther) return leaveTo('/');
  void notify({
    tone: 'ok',
    id: 'signed-out',
    text: say`Signed out`,
    detail: say`What is on this device stays here and goes on working.`,
  });
  await goto('/');
}

/** Null when the question was put away. Only of the account's own data there is one. */
async function askParting(userId: string): Promise<Parting | null> {
  const owner = await ownerOf(database).catch(() => null);
  if (owner !== userId) return 'keep';
  const { default: SignOutDialog } = await import('./SignOutDialog.svelte');
  return new Promise((resolve) => {
    const shown = mount(SignOutDialog, {
      target: document.body,
      props: {
        onend: (parting: Parting | null) => {
          resolve(parting);
          void unmount(shown);
        },
      },
    });
  });
}
