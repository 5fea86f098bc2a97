/** Tables written by pandas: the times are an index whose column has no name. */
import { rolesByName } from '../column-names.ts';
import type { Format } from '../layout.ts';

export const unnamedIndex: Format = {
  id: 'unnamed-index',
  recognise({ header }) {
    if (header?.[0] !== '' || !(header.includes('open') || header.includes('bid'))) return null;
    return {
      roles: ['time', ...rolesByName(header.slice(1))],
      statedZone: null,
      suggestedZone: 'UTC',
    };
  },
};
