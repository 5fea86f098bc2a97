/** To the owner of an account that was opened with one of its recovery codes. */
import { z } from 'zod';
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const recoveryCodeUsed = template({
  shape: circumstances.extend({ left: z.number().int().nonnegative() }),
  sample: { ...circumstancesSample, left: 7 },
  letter: ({ data, productUrl }) => ({
    subject: 'A recovery code was used',
    paragraphs: [
      'Somebody signed in to your Offing account with a recovery code. That code is used up.',
      data.left === 0
        ? 'It was the last one: make new ones now.'
        : `Codes that are left: ${data.left}. You can make new ones at any time.`,
    ],
    facts: factsOf(data),
    action: { label: 'Make new codes', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If it was not you, choose a new password and make new recovery codes at once.',
  }),
});
