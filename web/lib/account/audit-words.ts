/** What an entry of the audit trail tells, in words, and which kind of happening it is. */
import type { AuditAction } from '#core/identity/audit-actions.ts';
import { say } from '../words/language.ts';

export type AuditKind = 'sign-in' | 'protection' | 'keys' | 'trading' | 'account';

export const auditKinds: readonly { readonly value: AuditKind; readonly label: string }[] = [
  { value: 'sign-in', label: say`Sign-ins and sessions` },
  { value: 'protection', label: say`Password and second step` },
  { value: 'keys', label: say`Tokens and stored keys` },
  { value: 'trading', label: say`Orders and trading accounts` },
  { value: 'account', label: say`The account itself` },
];

const words: Readonly<Record<AuditAction, readonly [kind: AuditKind, text: string]>> = {
  'account.created': ['account', say`Account created`],
  'account.exported': ['account', say`Account exported`],
  'account.deleted': ['account', say`Account deleted`],
  'email.verified': ['account', say`E-mail address confirmed`],
  'email.change-requested': ['account', say`Another e-mail address asked for`],
  'email.changed': ['account', say`E-mail address changed`],
  'profile.changed': ['account', say`Profile changed`],
  'role.changed': ['account', say`Role changed`],
  'sign-in.succeeded': ['sign-in', say`Signed in`],
  'sign-in.failed': ['sign-in', say`Sign-in with a wrong password`],
  'sign-in.second-step-failed': ['sign-in', say`Sign-in with a wrong code`],
  'sign-out': ['sign-in', say`Signed out`],
  'session.revoked': ['sign-in', say`A session ended from elsewhere`],
  'device.revoked': ['sign-in', say`A device was taken from the list`],
  'sessions.revoked': ['sign-in', say`Sessions ended from elsewhere`],
  'password.changed': ['protection', say`Password changed`],
  'password.reset-requested': ['protection', say`Link for a new password asked for`],
  'password.reset': ['protection', say`Password set by a mailed link`],
  'step-up.succeeded': ['protection', say`Confirmed who it is`],
  'step-up.failed': ['protection', say`Could not confirm who it is`],
  'totp.enabled': ['protection', say`Codes of an authenticator app switched on`],
  'totp.disabled': ['protection', say`Codes of an authenticator app switched off`],
  'recovery-codes.made': ['protection', say`Recovery codes made`],
  'recovery-code.used': ['protection', say`A recovery code used`],
  'passkey.added': ['protection', say`Passkey added`],
  'passkey.renamed': ['protection', say`Passkey renamed`],
  'passkey.removed': ['protection', say`Passkey removed`],
  'token.created': ['keys', say`API token created`],
  'token.revoked': ['keys', say`API token ended`],
  'secret.stored': ['keys', say`Key stored`],
  'secret.removed': ['keys', say`Key removed`],
  'encryption.enabled': ['protection', say`End-to-end encryption switched on`],
  'encryption.disabled': ['protection', say`End-to-end encryption switched off`],
  'encryption.rewrapped': [
    'protection',
    say`Passphrase or recovery code of the encryption changed`,
  ],
  'order.requested': ['trading', say`Order asked for`],
  'trading.alert': ['trading', say`Something that needs your eyes`],
  'order.resolved': ['trading', say`Said what became of an order`],
  'terminal.added': ['trading', say`Trading account added`],
  'terminal.paired': ['trading', say`Terminal connected for the first time`],
  'terminal.renamed': ['trading', say`Trading account renamed`],
  'terminal.changed': ['trading', say`Paper account changed`],
  'terminal.limits-changed': ['trading', say`Risk limits changed`],
  'terminal.halted': ['trading', say`Trading stopped until somebody looks`],
  'terminal.resumed': ['trading', say`Trading goes on`],
  'terminal.revoked': ['trading', say`Terminal disconnected for good`],
  'bot.started': ['trading', say`Bot started`],
  'bot.paused': ['trading', say`Bot paused`],
  'bot.resumed': ['trading', say`Bot goes on`],
  'bot.stopped': ['trading', say`Bot stopped`],
  'bot.killed': ['trading', say`Bots ended by the kill switch`],
  'bot.limits-changed': ['trading', say`Limits of a bot changed`],
  'alert.set': ['trading', say`Alert set`],
  'alert.changed': ['trading', say`Alert changed`],
  'alert.paused': ['trading', say`Alert paused`],
  'alert.removed': ['trading', say`Alert deleted`],
  'push.added': ['account', say`Notifications turned on for a browser`],
  'push.removed': ['account', say`Notifications turned off for a browser`],
  'support.looked': ['account', say`The trail was looked at by support`],
};

/** The action in words; one newer than this version is shown as it is. */
export function auditWords(action: string): string {
  return words[action as AuditAction]?.[1] ?? action;
}

export function auditKind(action: string): AuditKind {
  return words[action as AuditAction]?.[0] ?? 'account';
}

/** Where a call came from has a column of its own; ids tell a person nothing. */
const unsaid = new Set(['address', 'device', 'userAgent', 'sessionId', 'tokenId']);
/** What stands before a value; those that speak for themselves stand alone. */
const names: Readonly<Record<string, string>> = {
  before: say`from `,
  after: say`to `,
  revoked: 'ended: ',
  left: 'left: ',
  role: say`now `,
  email: '',
  kind: '',
  scopes: '',
  displayName: '',
};

/** The particulars of an entry but where it came from: `by passkey`, `“Laptop”`. */
export function auditDetailWords(
  detail: Readonly<Record<string, string | number | boolean>> | null,
): string {
  if (detail === null) return say`no longer readable`;
  return Object.entries(detail)
    .filter(([name]) => !unsaid.has(name))
    .map(([name, value]) => {
      if (name === 'name') return `“${value}”`;
      if (name === 'method') return methodWords(String(value));
      return `${names[name] ?? `${name} `}${value}`;
    })
    .join(', ');
}

/** How a session was proved: `by passkey`. */
export function methodWords(method: string): string {
  const known: Readonly<Record<string, string>> = {
    password: say`by password`,
    totp: say`by password and app code`,
    'recovery-code': say`by password and recovery code`,
    passkey: say`by passkey`,
    'admin-link': say`by the first admin’s link`,
  };
  return known[method] ?? say`by ${method}`;
}
