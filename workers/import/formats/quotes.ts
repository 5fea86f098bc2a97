/** Ticks of any other source: named `bid` and `ask`, or a time and up to three numbers without names. */
import type { ColumnRole } from '../api.ts';
import { rolesByName } from '../column-names.ts';
import type { Format } from '../layout.ts';
import { holdsTicks } from '../roles.ts';

const unnamed: readonly ColumnRole[] = ['time', 'bid', 'ask', 'volume'];

export const quotes: Format = {
  id: 'quotes',
  recognise({ header, rows }) {
    if (header !== null) {
      const roles = rolesByName(header);
      const hasTime = roles.includes('time') || roles.includes('date');
      if (!holdsTicks(roles) || !hasTime) return null;
      const utc = header.some((name) => /\b(utc|gmt)\b|_utc$/.test(name));
      return { roles, statedZone: utc ? 'UTC' : null, suggestedZone: 'UTC' };
    }
    const first = rows[0] ?? [];
    const numbers = first.slice(1);
    if (first.length > 4 || !numbers.every((cell) => /^-?\d*[.,]?\d+$/.test(cell))) return null;
    return { roles: unnamed.slice(0, first.length), statedZone: null, suggestedZone: 'UTC' };
  },
};
