/** Any mail server, named by `OFFING_SMTP_URL`. */
import { z } from 'zod';
import { ok } from '#core/result.ts';
import { refuse } from '../../refusal.ts';
import { smtpSender, type SmtpServer } from '../smtp-sender.ts';
import type { MailProvider } from './provider.ts';

const example = 'smtps://user:password@mail.example:465';

/**
 * The server that an address such as `smtps://user:password@mail.example:465` names, or null.
 *
 * `smtp://` means STARTTLS. Paths and options are not taken: some of them switch checks off.
 */
export function smtpServerOf(text: string): SmtpServer | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const fromTheStart = url.protocol === 'smtps:';
  const isBare = /^\/?$/.test(url.pathname) && !url.search && !url.hash;
  if ((!fromTheStart && url.protocol !== 'smtp:') || !url.hostname || !isBare) return null;
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === null || password === null || (user === '') !== (password === '')) return null;
  return {
    host: url.hostname,
    port: url.port === '' ? (fromTheStart ? 465 : 587) : Number(url.port),
    encryption: fromTheStart ? 'from-the-start' : 'starttls',
    login: user === '' ? null : { user, password },
  };
}

export const smtpProvider: MailProvider = {
  variables: { OFFING_SMTP_URL: z.string().optional() },
  open({ OFFING_SMTP_URL }) {
    const server = smtpServerOf(OFFING_SMTP_URL ?? '');
    return server
      ? ok((tools) => smtpSender(server, tools))
      : refuse(`OFFING_SMTP_URL must be an address such as ${example}, for OFFING_MAIL=smtp.`);
  },
};

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
