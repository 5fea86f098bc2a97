/** A finished mail, who takes it, and how that can fail. */
import type { Result } from '#core/result.ts';
import type { MailAddress, Sender } from './address.ts';

export interface Mail {
  readonly from: Sender;
  readonly to: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every try, so that a mail that arrives twice can be known for one. */
  readonly messageId: string;
  readonly writtenMs: number;
}

/** Stand in the database and on the outbox page; a code never changes its meaning. */
export const mailFailureCodes = [
  'mail.unreachable',
  'mail.put-off',
  'mail.refused',
  'mail.credentials-refused',
  'mail.unencrypted',
  'mail.unreadable',
  'mail.given-up',
] as const;
export type MailFailureCode = (typeof mailFailureCodes)[number];

export interface MailFailure {
  readonly code: MailFailureCode;
  /** Whether the same mail would fail again for ever. */
  readonly isFinal: boolean;
  /** The mail server's reply code, 0 where it gave none. */
  readonly reply: number;
}

export interface MailSender {
  /** Whether mail reaches nobody by this way and is read on the outbox page instead. */
  readonly keepsMail: boolean;
  send(mail: Mail): Promise<Result<void, MailFailure>>;
}
