/** SendGrid, through its SMTP relay. */
import { z } from 'zod';
import { ok } from '#core/result.ts';
import { refuse } from '../../refusal.ts';
import { smtpSender, type SmtpServer } from '../smtp-sender.ts';
import type { MailProvider } from './provider.ts';

/** The user is the word `apikey`. Source: SendGrid, "Integrating with the SMTP API". */
export function sendgridServer(key: string): SmtpServer {
  return {
    host: 'smtp.sendgrid.net',
    port: 587,
    encryption: 'starttls',
    login: { user: 'apikey', password: key },
  };
}

export const sendgridProvider: MailProvider = {
  variables: { OFFING_SENDGRID_KEY: z.string().optional() },
  open({ OFFING_SENDGRID_KEY: key }) {
    return key
      ? ok((tools) => smtpSender(sendgridServer(key), tools))
      : refuse('OFFING_MAIL=sendgrid needs OFFING_SENDGRID_KEY.');
  },
};
