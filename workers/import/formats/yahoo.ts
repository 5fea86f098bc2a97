/** Yahoo Finance's download, and files made from it: an adjusted close beside the close. */
import { rolesByName } from '../column-names.ts';
import type { Format } from '../layout.ts';

export const yahoo: Format = {
  id: 'yahoo',
  recognise({ header }) {
    if (!header?.some((name) => /^adj\.? ?close\**$/.test(name))) return null;
    const roles = rolesByName(header);
    if (!roles.includes('time') || !roles.includes('close')) return null;
    return { roles, statedZone: null, suggestedZone: 'America/New_York' };
  },
};
