/** The last mail to the owner of an account that is no more. */
import { z } from 'zod';
import { moment } from '../letter.ts';
import { template } from './template.ts';

export const accountDeleted = template({
  shape: z.object({ atMs: z.number() }),
  sample: { atMs: Date.UTC(2026, 2, 14, 9, 26) },
  letter: ({ data }) => ({
    subject: 'Your account was deleted',
    paragraphs: [
      'Your Offing account and what the server held of it were deleted. All devices were signed out.',
      'What is stored on your own devices stays there until you remove it.',
    ],
    facts: [['When', moment(data.atMs)]],
    why: 'You get this because this was the address of the account. It is the last mail about it.',
    otherwise: 'If it was not you, write to whoever runs this installation.',
  }),
});
