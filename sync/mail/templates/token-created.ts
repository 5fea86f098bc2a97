/** To the owner of an account for which a program got a key. */
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

export const tokenCreated = template({
  shape: circumstances.extend({ name: z.string(), scopes: z.array(z.string()) }),
  sample: {
    ...circumstancesSample,
    name: 'Backup script',
    scopes: ['profile:read', 'settings:read'],
  },
  letter: ({ data, productUrl }) => ({
    subject: 'An API token was made',
    paragraphs: ['A token was made with which a program can use your Offing account.'],
    facts: [
      ['Token', quoted(data.name)],
      ['It may', data.scopes.map(quoted).join(', ') || 'nothing'],
      ...factsOf(data),
    ],
    action: { label: 'Look at my tokens', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If it was not you, revoke the token and choose a new password.',
  }),
});
