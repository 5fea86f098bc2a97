/** Every mail that Offing writes, one line each; a name is stored and never changes its meaning. */
import type { z } from 'zod';
import { accountDeleted } from './account-deleted.ts';
import { alert } from './alert.ts';
import { alreadyRegistered } from './already-registered.ts';
import { changeEmail } from './change-email.ts';
import { changeEmailRequested } from './change-email-requested.ts';
import { emailChanged } from './email-changed.ts';
import { newSignIn } from './new-sign-in.ts';
import { passkeyAdded } from './passkey-added.ts';
import { passkeyRemoved } from './passkey-removed.ts';
import { passwordChanged } from './password-changed.ts';
import { recoveryCodeUsed } from './recovery-code-used.ts';
import { recoveryCodesMade } from './recovery-codes-made.ts';
import { resetPassword } from './reset-password.ts';
import { roleChanged } from './role-changed.ts';
import { secondFactorOff } from './second-factor-off.ts';
import { secondFactorOn } from './second-factor-on.ts';
import { signInAttempts } from './sign-in-attempts.ts';
import { tokenCreated } from './token-created.ts';
import { verifyEmail } from './verify-email.ts';
import { welcome } from './welcome.ts';

export const templates = {
  'verify-email': verifyEmail,
  'already-registered': alreadyRegistered,
  welcome: welcome,
  'reset-password': resetPassword,
  'password-changed': passwordChanged,
  'change-email': changeEmail,
  'change-email-requested': changeEmailRequested,
  'email-changed': emailChanged,
  'new-sign-in': newSignIn,
  'second-factor-on': secondFactorOn,
  'second-factor-off': secondFactorOff,
  'recovery-code-used': recoveryCodeUsed,
  'recovery-codes-made': recoveryCodesMade,
  'passkey-added': passkeyAdded,
  'passkey-removed': passkeyRemoved,
  'token-created': tokenCreated,
  'sign-in-attempts': signInAttempts,
  'account-deleted': accountDeleted,
  'role-changed': roleChanged,
  alert,
} as const;

export type TemplateName = keyof typeof templates;
export type TemplateData<Name extends TemplateName> = z.infer<(typeof templates)[Name]['shape']>;

export const templateNames = Object.keys(templates) as readonly TemplateName[];

export function isTemplateName(text: string): text is TemplateName {
  return Object.hasOwn(templates, text);
}
