/** What a column means by its name, as most sources name them. */
import type { ColumnRole } from './api.ts';
import { holdsTicks } from './roles.ts';
import { roleByForeignName, withoutMarks } from './foreign-names.ts';

const names: readonly (readonly [RegExp, ColumnRole])[] = [
  [
    /^(time|datetime|date[ _]?time|timestamp|time[ _]?utc|time[ _]?\(utc\)|gmt time|open[ _]?time|local time)$/,
    'time',
  ],
  [/^(date|day)$/, 'date'],
  [/^(time of day|hour|clock)$/, 'timeOfDay'],
  [/^(bid[ _]?)?(open|o|first|opening)([ _]?bid)?$/, 'open'],
  [/^(bid[ _]?)?(high|h|max)([ _]?bid)?$/, 'high'],
  [/^(bid[ _]?)?(low|l|min)([ _]?bid)?$/, 'low'],
  [/^(bid[ _]?)?(close|c|last|price|close\/last|closing)([ _]?bid)?\**$/, 'close'],
  [/^(ask[ _]?open|open[ _]?ask)$/, 'askOpen'],
  [/^(ask[ _]?high|high[ _]?ask)$/, 'askHigh'],
  [/^(ask[ _]?low|low[ _]?ask)$/, 'askLow'],
  [/^(ask[ _]?close|close[ _]?ask)$/, 'askClose'],
  [/^(volume|vol\.?|v|real[ _]?volume)$/, 'volume'],
  [/^(tick[ _]?vol(ume)?|ticks|tickqty)$/, 'tickVolume'],
  [/^spread$/, 'spread'],
  [/^(bid|bid[ _]?(price|quote))$/, 'bid'],
  [/^(ask|ask[ _]?(price|quote)|offer)$/, 'ask'],
];

/** One role a name, each role once: the first column of a meaning has it. */
export function rolesByName(header: readonly string[]): ColumnRole[] {
  const taken = new Set<ColumnRole>();
  const roles = header.map((name): ColumnRole => {
    const role = roleOf(withoutMarks(name.replace(/^<(.*)>$/, '$1')));
    if (role === undefined || taken.has(role)) return 'ignore';
    taken.add(role);
    return role;
  });
  return joinDateAndTime(asBarsOrTicks(roles));
}

/** Of bars, a quote beside the four prices is none of theirs; of ticks, a last price is not. */
function asBarsOrTicks(roles: ColumnRole[]): ColumnRole[] {
  const areBars = roles.includes('open') || roles.includes('high');
  if (!areBars && !holdsTicks(roles)) return roles;
  const others = areBars ? ['bid', 'ask'] : ['close'];
  return roles.map((role) => (others.includes(role) ? 'ignore' : role));
}

function roleOf(name: string): ColumnRole | undefined {
  return names.find(([pattern]) => pattern.test(name))?.[1] ?? roleByForeignName(name);
}

/** `Date` and `Time` beside each other are the two halves of one time. */
function joinDateAndTime(roles: ColumnRole[]): ColumnRole[] {
  const hasDate = roles.includes('date');
  const hasTime = roles.includes('time');
  if (hasDate && hasTime) return roles.map((role) => (role === 'time' ? 'timeOfDay' : role));
  if (hasDate && !roles.includes('timeOfDay')) {
    return roles.map((role) => (role === 'date' ? 'time' : role));
  }
  return roles;
}
