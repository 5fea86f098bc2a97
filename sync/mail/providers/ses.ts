/** Amazon SES, through its SMTP interface. */
import { z } from 'zod';
import { ok } from '#core/result.ts';
import { refuse } from '../../refusal.ts';
import { smtpSender, type SmtpServer } from '../smtp-sender.ts';
import type { MailProvider } from './provider.ts';

/** Source: SES Developer Guide, "Connecting to an Amazon SES SMTP endpoint". */
export function sesServer(region: string, user: string, password: string): SmtpServer {
  return {
    host: `email-smtp.${region}.amazonaws.com`,
    port: 587,
    encryption: 'starttls',
    login: { user, password },
  };
}

export const sesProvider: MailProvider = {
  variables: {
    OFFING_SES_REGION: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'OFFING_SES_REGION must be a region such as eu-central-1.')
      .optional(),
    OFFING_SES_USER: z.string().optional(),
    OFFING_SES_PASSWORD: z.string().optional(),
  },
  open({ OFFING_SES_REGION: region, OFFING_SES_USER: user, OFFING_SES_PASSWORD: password }) {
    return region && user && password
      ? ok((tools) => smtpSender(sesServer(region, user, password), tools))
      : refuse(
          'OFFING_MAIL=ses needs OFFING_SES_REGION, OFFING_SES_USER and OFFING_SES_PASSWORD: the SMTP credentials of SES, not an access key.',
        );
  },
};
