/** To the old address of an account that has a new one. */
import { z } from 'zod';
import { circumstances, circumstancesSample, factsOf, template } from './template.ts';

export const emailChanged = template({
  shape: circumstances.extend({ newAddress: z.string() }),
  sample: { ...circumstancesSample, newAddress: 'new@example.com' },
  letter: ({ data }) => ({
    subject: 'Your e-mail address was changed',
    paragraphs: [
      'Your Offing account has another e-mail address now. Mails go there from now on, and it is the one to sign in with.',
    ],
    facts: [['New address', data.newAddress], ...factsOf(data)],
    why: 'You get this because this was the address of the account until now.',
    otherwise:
      'If it was not you, somebody else is in your account: write at once to whoever runs this installation.',
  }),
});
