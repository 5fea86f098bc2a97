/** Any table of bars: by the names of its columns, or by their usual order when it has no header. */
import type { ColumnRole } from '../api.ts';
import { rolesByName } from '../column-names.ts';
import type { Format } from '../layout.ts';
import { readTimeText } from '../time-text.ts';

export const generic: Format = {
  id: 'generic',
  recognise({ header, rows }) {
    const roles = header ? rolesByName(header) : rolesByPosition(rows[0] ?? []);
    const utc = header?.some((name) => /\b(utc|gmt)\b|_utc$/.test(name)) === true;
    return { roles, statedZone: utc ? 'UTC' : null, suggestedZone: 'UTC' };
  },
};

function rolesByPosition(row: readonly string[]): ColumnRole[] {
  const roles: ColumnRole[] = row.map(() => 'ignore');
  const first = row.findIndex((cell) => readTimeText(cell, 'mdy') ?? readTimeText(cell, 'dmy'));
  if (first < 0) return roles;
  const next = readTimeText(row[first + 1] ?? '', 'ymd');
  const apart = /:/.test(row[first + 1] ?? '') && next !== null && !next.hasDate;
  const order: ColumnRole[] = [
    ...(apart ? (['date', 'timeOfDay'] as const) : (['time'] as const)),
    'open',
    'high',
    'low',
    'close',
    'volume',
  ];
  order.forEach((role, i) => {
    if (first + i < roles.length) roles[first + i] = role;
  });
  return roles;
}
