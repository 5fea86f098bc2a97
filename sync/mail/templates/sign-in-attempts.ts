/** To the owner of an account whose password somebody seems to be guessing. */
import { z } from 'zod';
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const signInAttempts = template({
  shape: circumstances.extend({ count: z.number().int().positive() }),
  sample: { ...circumstancesSample, count: 10 },
  letter: ({ data, productUrl }) => ({
    subject: 'Failed attempts to sign in',
    paragraphs: [
      `Signing in to your Offing account failed ${data.count} times lately. Nobody got in by it, and your own devices can sign in as ever.`,
      'The last attempt:',
    ],
    facts: factsOf(data),
    action: { label: 'Look at my security page', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise:
      'If it was not you, make sure that you use this password nowhere else, and add a second factor.',
  }),
});
