/** The ways for mail to leave, one line each; the names are the values of `OFFING_MAIL`. */
import { consoleProvider } from './console.ts';
import { sendgridProvider } from './sendgrid.ts';
import { sesProvider } from './ses.ts';
import { smtpProvider } from './smtp.ts';

export const providers = {
  console: consoleProvider,
  smtp: smtpProvider,
  ses: sesProvider,
  sendgrid: sendgridProvider,
} as const;

export type ProviderName = keyof typeof providers;
export const providerNames = Object.keys(providers) as [ProviderName, ...ProviderName[]];
