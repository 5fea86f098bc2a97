/** What an entry of the audit trail tells, in words, and which kind of happening it is. */
import type { AuditAction } from '#core/identity/audit-actions.ts';

export type AuditKind = 'sign-in' | 'protection' | 'keys' | 'trading' | 'account';

export const auditKinds: readonly { readonly value: AuditKind; readonly label: string }[] = [
  { value: 'sign-in', label: 'Sign-ins and sessions' },
  { value: 'protection', label: 'Password and second step' },
  { value: 'keys', label: 'Tokens and stored keys' },
  { value: 'trading', label: 'Orders and trading accounts' },
  { value: 'account', label: 'The account itself' },
];

const words: Readonly<Record<AuditAction, readonly [kind: AuditKind, text: string]>> = {
  'account.created': ['account', 'Account created'],
  'account.exported': ['account', 'Account exported'],
  'account.deleted': ['account', 'Account deleted'],
  'email.verified': ['account', 'E-mail address confirmed'],
  'email.change-requested': ['account', 'Another e-mail address asked for'],
  'email.changed': ['account', 'E-mail address changed'],
  'profile.changed': ['account', 'Profile changed'],
  'role.changed': ['account', 'Role changed'],
  'sign-in.succeeded': ['sign-in', 'Signed in'],
  'sign-in.failed': ['sign-in', 'Sign-in with a wrong password'],
  'sign-in.second-step-failed': ['sign-in', 'Sign-in with a wrong code'],
  'sign-out': ['sign-in', 'Signed out'],
  'session.revoked': ['sign-in', 'A session ended from elsewhere'],
  'device.revoked': ['sign-in', 'A device was taken from the list'],
  'sessions.revoked': ['sign-in', 'Sessions ended from elsewhere'],
  'password.changed': ['protection', 'Password changed'],
  'password.reset-requested': ['protection', 'Link for a new password asked for'],
  'password.reset': ['protection', 'Password set by a mailed link'],
  'step-up.succeeded': ['protection', 'Confirmed who it is'],
  'step-up.failed': ['protection', 'Could not confirm who it is'],
  'totp.enabled': ['protection', 'Codes of an authenticator app switched on'],
  'totp.disabled': ['protection', 'Codes of an authenticator app switched off'],
  'recovery-codes.made': ['protection', 'Recovery codes made'],
  'recovery-code.used': ['protection', 'A recovery code used'],
  'passkey.added': ['protection', 'Passkey added'],
  'passkey.renamed': ['protection', 'Passkey renamed'],
  'passkey.removed': ['protection', 'Passkey removed'],
  'token.created': ['keys', 'API token created'],
  'token.revoked': ['keys', 'API token ended'],
  'secret.stored': ['keys', 'Key stored'],
  'secret.removed': ['keys', 'Key removed'],
  'encryption.enabled': ['protection', 'End-to-end encryption switched on'],
  'encryption.disabled': ['protection', 'End-to-end encryption switched off'],
  'encryption.rewrapped': ['protection', 'Passphrase or recovery code of the encryption changed'],
  'order.requested': ['trading', 'Order asked for'],
  'trading.alert': ['trading', 'Something that needs your eyes'],
  'order.resolved': ['trading', 'Said what became of an order'],
  'terminal.added': ['trading', 'Trading account added'],
  'terminal.paired': ['trading', 'Terminal connected for the first time'],
  'terminal.renamed': ['trading', 'Trading account renamed'],
  'terminal.changed': ['trading', 'Paper account changed'],
  'terminal.limits-changed': ['trading', 'Risk limits changed'],
  'terminal.halted': ['trading', 'Trading stopped until somebody looks'],
  'terminal.resumed': ['trading', 'Trading goes on'],
  'terminal.revoked': ['trading', 'Terminal disconnected for good'],
  'bot.started': ['trading', 'Bot started'],
  'bot.paused': ['trading', 'Bot paused'],
  'bot.resumed': ['trading', 'Bot goes on'],
  'bot.stopped': ['trading', 'Bot stopped'],
  'bot.killed': ['trading', 'Bots ended by the kill switch'],
  'bot.limits-changed': ['trading', 'Limits of a bot changed'],
  'alert.set': ['trading', 'Alert set'],
  'alert.changed': ['trading', 'Alert changed'],
  'alert.paused': ['trading', 'Alert paused'],
  'alert.removed': ['trading', 'Alert deleted'],
  'push.added': ['account', 'Notifications turned on for a browser'],
  'push.removed': ['account', 'Notifications turned off for a browser'],
  'support.looked': ['account', 'The trail was looked at by support'],
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
  before: 'from ',
  after: 'to ',
  revoked: 'ended: ',
  left: 'left: ',
  role: 'now ',
  email: '',
  kind: '',
  scopes: '',
  displayName: '',
};

/** The particulars of an entry but where it came from: `by passkey`, `“Laptop”`. */
export function auditDetailWords(
  detail: Readonly<Record<string, string | number | boolean>> | null,
): string {
  if (detail === null) return 'no longer readable';
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
    password: 'by password',
    totp: 'by password and app code',
    'recovery-code': 'by password and recovery code',
    passkey: 'by passkey',
    'admin-link': 'by the first admin’s link',
  };
  return known[method] ?? `by ${method}`;
}
