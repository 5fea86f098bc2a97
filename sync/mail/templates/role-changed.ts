/** To somebody who may do more or less from now on. */
import { z } from 'zod';
import { roles } from '#core/identity/roles.ts';
import { moment } from '../letter.ts';
import { becauseOfAccount, securityPage, template } from './template.ts';

export const roleChanged = template({
  shape: z.object({ role: z.enum(roles), atMs: z.number() }),
  sample: { role: 'support' as const, atMs: Date.UTC(2026, 2, 14, 9, 26) },
  letter: ({ data, productUrl }) => ({
    subject: 'Your role was changed',
    paragraphs: ['An admin of this installation gave your Offing account another role.'],
    facts: [
      ['New role', data.role],
      ['When', moment(data.atMs)],
    ],
    action: { label: 'Look at my account', link: securityPage(productUrl) },
    why: becauseOfAccount,
    otherwise: 'If you did not expect this, write to whoever runs this installation.',
  }),
});
