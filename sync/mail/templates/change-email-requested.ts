/** To the present address of an account for which another one was asked. */
import { z } from 'zod';
import {
  becauseOfAccount,
  circumstances,
  circumstancesSample,
  factsOf,
  securityPage,
  template,
} from './template.ts';

export const changeEmailRequested = template({
  shape: circumstances.extend({ newAddress: z.string() }),
  sample: { ...circumstancesSample, newAddress: 'new@example.com' },
  letter: ({ data, productUrl }) => ({
    subject: 'A change of your e-mail address was asked for',
    paragraphs: [
      'Somebody asked for another e-mail address for your Offing account. It counts once the link sent to it is opened and the password given; until then everything stays as it is.',
    ],
    facts: [['New address', data.newAddress], ...factsOf(data)],
    action: { label: 'Look at my security page', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If it was not you, change your password: that voids the link.',
  }),
});
