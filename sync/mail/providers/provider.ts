/** A way for mail to leave, chosen by `OFFING_MAIL`: the variables it reads and the sender they make. */
import type { z } from 'zod';
import type { Result } from '#core/result.ts';
import type { Refusal } from '../../refusal.ts';
import type { MailSender } from '../mail.ts';
import type { SmtpOptions } from '../smtp-sender.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

export interface SenderTools {
  /** Writes a line for the person at the terminal. */
  readonly say: (line: string) => void;
  /** Whether standard output is a terminal, and not a file that keeps what it is given. */
  readonly isTerminal: boolean;
  /** Where an admin reads what was not sent. */
  readonly outboxUrl: string;
  /** Changes how the mail server is reached: a test sends to its own. */
  readonly adjust?: (options: SmtpOptions) => SmtpOptions;
}

export type OpenSender = (tools: SenderTools) => MailSender;

export interface MailProvider {
  readonly variables: z.ZodRawShape;
  /** Refuses when a variable is missing or wrong; a secret is never quoted. */
  open(variables: Variables): Result<OpenSender, Refusal>;
}
