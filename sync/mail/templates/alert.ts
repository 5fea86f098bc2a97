/** To a trader who wanted to be told by mail of something that has happened now. */
import { z } from 'zod';
import { moment, quoted } from '../letter.ts';
import { template } from './template.ts';

export const alert = template({
  shape: z.object({ atMs: z.number(), told: z.string(), account: z.string(), note: z.string() }),
  sample: {
    atMs: Date.UTC(2026, 2, 14, 9, 26),
    told: 'EURUSD rose to 1.1, bid 1.10002',
    account: 'Paper account',
    note: 'Look at the stop',
  },
  letter: ({ data, productUrl }) => ({
    subject: 'An alert of yours',
    paragraphs: [`${quoted(data.told)}.`],
    facts: [
      ['When', moment(data.atMs)],
      ['Account', quoted(data.account)],
      ['Your note', data.note === '' ? 'none' : quoted(data.note)],
    ],
    action: { label: 'Open my alerts', link: `${productUrl}/alerts/` },
    why: 'You get this because you asked to be told by mail when this happens.',
    otherwise: 'If you do not want it any more, take the mail out of the alert.',
  }),
});
