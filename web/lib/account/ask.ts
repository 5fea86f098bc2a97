/** A call for somebody signed in: proves again who one is where the server wants that, and repeats. */
import { fail } from '#core/result.ts';
import { account } from './account.svelte.ts';
import { call, type Answer, type Procedure } from './api.ts';
import { proveAgain } from './prove-again.ts';
import { say } from '../words/language.ts';

/** `work.cancelled` when the question who one is was put away. */
export async function ask<T>(procedure: Procedure<T>): Promise<Answer<T>> {
  const answer = await call(procedure);
  if (answer.ok) return answer;
  // The session has ended elsewhere: the page will say so once the account knows.
  if (answer.error.code === 'auth.sign-in-needed') void account.refresh();
  if (answer.error.code !== 'auth.step-up-needed') return answer;
  if (await proveAgain()) return call(procedure);
  return fail({ code: 'work.cancelled', detail: say`Who it is was not confirmed.` });
}
