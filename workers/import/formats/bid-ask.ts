/** Bars of both sides of the quote: `time_utc,bid_open,…,bid_close,ask_open,…,ask_close`. */
import { rolesByName } from '../column-names.ts';
import type { Format } from '../layout.ts';

export const bidAsk: Format = {
  id: 'bid-ask',
  recognise({ header }) {
    if (header === null) return null;
    const roles = rolesByName(header);
    if (!roles.includes('askOpen') || !roles.includes('open')) return null;
    const utc = header[roles.indexOf('time')]?.includes('utc') === true;
    return { roles, statedZone: utc ? 'UTC' : null, suggestedZone: 'UTC' };
  },
};
