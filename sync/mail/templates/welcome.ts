/** To somebody whose address has just been confirmed. */
import { z } from 'zod';
import { securityPage, template } from './template.ts';

export const welcome = template({
  shape: z.object({}),
  sample: {},
  letter: ({ productUrl }) => ({
    subject: 'Welcome to Offing',
    paragraphs: [
      'Your address is confirmed and your account is ready. What you wrote on this device before stays where it is.',
      'Before you connect a broker, add a second factor: an authenticator app or a passkey. A password alone can be stolen.',
    ],
    action: { label: 'Add a second factor', link: securityPage(productUrl) },
    why: 'You get this once, because this address was confirmed for an Offing account.',
    otherwise:
      'If you did not make this account, choose a new password and delete it on its profile page.',
  }),
});
