/** The names of time in a rule text: parts of the clock, sessions, and their highs and lows. */
import { DAY_MS } from '../market/timeframe.ts';
import { findZone } from '../market/zone.ts';
import type { FunctionParameter, RuleFunction } from './functions.ts';
import { nearestName } from './nearest-name.ts';
import { anyNumber, ownFunction } from './own-function.ts';
import type { DaySpan, TimePart } from './plan.ts';
import type { Scope } from './scope.ts';
import type { Expression, Span } from './syntax.ts';
import type { Value } from './value.ts';

interface TimeName {
  readonly name: string;
  readonly description: string;
}

const parts: readonly (TimeName & { readonly name: TimePart })[] = [
  { name: 'minute', description: 'Minute of the hour in which the bar opens, 0 to 59, UTC.' },
  { name: 'hour', description: 'Hour of the day in which the bar opens, 0 to 23, UTC.' },
  { name: 'weekday', description: 'Day of the week: Monday is 1, Sunday is 7, UTC.' },
  { name: 'day', description: 'Day of the month, from 1, UTC.' },
  { name: 'month', description: 'Month of the year: January is 1, UTC.' },
];

/** The working hours of the currency market's centres, by the clocks of the place. */
const centres: readonly (TimeName & { readonly zone: string; readonly hours: string })[] = [
  ['london', 'London', 'Europe/London', '08:00-17:00'],
  ['newyork', 'New York', 'America/New_York', '08:00-17:00'],
  ['tokyo', 'Tokyo', 'Asia/Tokyo', '09:00-18:00'],
  ['sydney', 'Sydney', 'Australia/Sydney', '07:00-16:00'],
].map(([name, place, zone, hours]) => ({
  name: name!,
  description: `Holds on bars that open in the session of ${place}: ${hours!.replace('-', ' to ')} by the clocks there, summer time included.`,
  zone: zone!,
  hours: hours!,
}));

/** Names that need no brackets. */
export const times: readonly TimeName[] = [...parts, ...centres].map(({ name, description }) => ({
  name,
  description,
}));
export const timeNames: readonly string[] = times.map((one) => one.name);
/** Those of them that are conditions. */
export const sessionNames: readonly string[] = centres.map((one) => one.name);

/** What a name of time stands for; null where it is none. */
export function timeValue(scope: Scope, name: string): Value | null {
  const part = parts.find((one) => one.name === name);
  if (part) return partValue(scope, part.name, 'UTC');
  const centre = centres.find((one) => one.name === name);
  return centre ? sessionValue(scope, readHours(centre.hours)!, centre.zone) : null;
}

const zone: FunctionParameter = {
  name: 'zone',
  description: 'Whose clocks count, for example "Europe/London"; UTC where it is left out.',
  kind: 'text',
  optional: true,
  ...anyNumber,
};
const hours: FunctionParameter = {
  name: 'hours',
  description: 'From and to, for example "08:00-16:30"; it may go past midnight.',
  kind: 'text',
  ...anyNumber,
};
const nameFree = true as const;

export const timeFunctions: readonly RuleFunction[] = [
  ...parts.map((part) =>
    ownFunction(
      part.name,
      part.name.replace(/^./, (letter) => letter.toUpperCase()),
      `${part.description.replace(', UTC', '')} By the clocks of a zone, summer time included.`,
      {
        parameters: [{ ...zone, description: 'Whose clocks count, for example "Europe/London".' }],
        result: 'series',
        example: `${part.name}("America/New_York") >= 1`,
        nameFree,
      },
    ),
  ),
  ownFunction(
    'session',
    'Session',
    'Holds on bars that open at or after the first time and before the second.',
    {
      parameters: [hours, zone],
      result: 'condition',
      example: 'session("08:00-16:30", "Europe/London")',
      nameFree,
    },
  ),
  ...(['high', 'low'] as const).map((side) =>
    ownFunction(
      `session_${side}`,
      `Session ${side}`,
      `The ${side}est ${side} of the session so far while it lasts, then that of the whole of it until the next begins.`,
      {
        parameters: [hours, zone],
        result: 'series',
        example:
          side === 'high'
            ? 'close > session_high("00:00-08:00", "Europe/London")'
            : 'close < session_low("00:00-08:00", "Europe/London")',
        nameFree,
      },
    ),
  ),
];

/** The value of a call of one of them; null where a text is wrong, which is reported. */
export function callTime(
  scope: Scope,
  name: string,
  texts: readonly string[],
  at: readonly Expression[],
): Value | null {
  const part = parts.find((one) => one.name === name);
  if (part) {
    const named = texts[0] ?? 'UTC';
    return isZone(scope, named, at[0]!) ? partValue(scope, part.name, named) : null;
  }
  const span = readHours(texts[0]!);
  const named = texts[1] ?? 'UTC';
  if (!span) {
    scope.report.error(
      at[0]!,
      'A session is two different times of the day, hours and minutes, with a dash between.',
      '"08:00-16:30"',
    );
    return null;
  }
  if (texts[1] !== undefined && !isZone(scope, named, at[1]!)) return null;
  if (name === 'session') return sessionValue(scope, span, named);
  const side = name === 'session_high' ? 'high' : 'low';
  const values = scope.plan.add({ op: 'field', field: side });
  const of = scope.plan.add({ op: 'wall', zone: named });
  const column = scope.plan.add({ op: 'sessionExtreme', side, of, values, ...span });
  return { type: 'series', column, pane: 'price' };
}

function partValue(scope: Scope, part: TimePart, zoneId: string): Value {
  const of = scope.plan.add({ op: 'wall', zone: zoneId });
  return { type: 'series', column: scope.plan.add({ op: 'time', part, of }), pane: 'own' };
}

function sessionValue(scope: Scope, span: DaySpan, zoneId: string): Value {
  const of = scope.plan.add({ op: 'wall', zone: zoneId });
  return { type: 'condition', column: scope.plan.add({ op: 'session', of, ...span }) };
}

/** `08:00-16:30`; null where it is no such text, or the two times are the same. */
function readHours(text: string): DaySpan | null {
  const match = /^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (!match) return null;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  const wrong = fromMinute > 59 || toMinute > 59 || from >= 1440 || to > 1440 || from === to;
  if (wrong) return null;
  const length = to > from ? to - from : to - from + 1440;
  return { fromMs: from * 60_000, lengthMs: Math.min(length * 60_000, DAY_MS) };
}

/** Zones that traders name most; every other of the IANA list is known too. */
export const knownZones: readonly string[] = [
  ...centres.map((one) => one.zone),
  ...['UTC', 'Europe/Berlin', 'Europe/Paris', 'Europe/Zurich', 'Europe/Athens', 'Europe/Madrid'],
  ...['America/Chicago', 'America/Los_Angeles', 'America/Toronto', 'America/Sao_Paulo'],
  ...['Asia/Hong_Kong', 'Asia/Singapore', 'Asia/Shanghai', 'Asia/Kolkata', 'Asia/Dubai'],
];

/** Whether there is such a zone; else it is reported. */
export function isZone(scope: Scope, id: string, at: Span): boolean {
  if (findZone(id).ok) return true;
  const near = nearestName(id.replaceAll(' ', '_'), knownZones);
  const advice = 'For example: "UTC", "Europe/London", "America/New_York".';
  scope.report.error(at, `No time zone is called ${id || 'nothing'}.`, near ? `"${near}"` : advice);
  return false;
}
