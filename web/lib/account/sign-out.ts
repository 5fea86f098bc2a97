/** Ends this session; what is on the device stays there. */
import { goto } from '$app/navigation';
import { notify, notifyFailure } from '../state/notices.ts';
import { account } from './account.svelte.ts';
import { call } from './api.ts';

export async function signOut(): Promise<void> {
  const answer = await call((server) => server.auth.signOut.mutate());
  // An ended session is what was wanted.
  if (!answer.ok && answer.error.code !== 'auth.sign-in-needed') {
    return notifyFailure(answer.error);
  }
  await account.changed();
  void notify({
    tone: 'ok',
    id: 'signed-out',
    text: 'Signed out',
    detail: 'What is on this device stays here and goes on working.',
  });
  await goto('/');
}
