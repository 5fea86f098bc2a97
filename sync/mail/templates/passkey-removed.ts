/** To the owner of an account from which a passkey was removed. */
import { z } from 'zod';
import { quoted } from '../letter.ts';
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const passkeyRemoved = template({
  shape: circumstances.extend({ name: z.string() }),
  sample: { ...circumstancesSample, name: 'Work laptop' },
  letter: ({ data, productUrl }) => ({
    subject: 'A passkey was removed',
    paragraphs: ['The passkey named below can no longer sign in to your Offing account.'],
    facts: [['Passkey', quoted(data.name)], ...factsOf(data)],
    action: { label: 'Look at my passkeys', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If it was not you, choose a new password at once and sign all devices out.',
  }),
});
