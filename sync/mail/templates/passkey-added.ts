/** To the owner of an account to which a passkey was added. */
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

export const passkeyAdded = template({
  shape: circumstances.extend({ name: z.string() }),
  sample: { ...circumstancesSample, name: 'Work laptop' },
  letter: ({ data, productUrl }) => ({
    subject: 'A passkey was added',
    paragraphs: ['The passkey named below can now sign in to your Offing account.'],
    facts: [['Passkey', quoted(data.name)], ...factsOf(data)],
    action: { label: 'Look at my passkeys', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise:
      'If it was not you, remove the passkey, choose a new password and sign all devices out.',
  }),
});
