/** To the owner of an account whose address was used to sign up once more. */
import { z } from 'zod';
import { resetPage, template } from './template.ts';

export const alreadyRegistered = template({
  shape: z.object({}),
  sample: {},
  letter: ({ productUrl }) => ({
    subject: 'You already have an account',
    paragraphs: [
      'Somebody tried to make an Offing account with this address. There is one already, and nothing was changed.',
      `If it was you, sign in as before. If you have forgotten your password, choose a new one at ${resetPage(productUrl)}`,
    ],
    action: { label: 'Sign in', link: `${productUrl}/account/sign-in/` },
    why: 'You get this because somebody typed this address when making an account.',
    otherwise:
      'If it was not you, there is nothing to do: whoever it was cannot see that you have an account.',
  }),
});
