/** What each role may do, in words. */
import type { Role } from '#core/identity/roles.ts';
import { say } from '../words/language.ts';

export const roleWords: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  trader: { name: 'Trader', may: say`Your own account.` },
  support: { name: 'Support', may: say`Sees who has an account and what happened to it.` },
  admin: { name: 'Admin', may: say`Runs this server: roles, sessions and the outbox of mails.` },
};
