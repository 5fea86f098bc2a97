/** The trader's choices about looks, times and keys, and how they are read from what was stored. */
import { findZone } from '#core/market/zone.ts';
import { findLanguage } from '../words/languages.ts';
import type { TimeDisplay } from '../words/times.ts';

export interface Preferences {
  /** Of the words, as `languages` has it. */
  language: string;
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'normal' | 'touch';
  /** Up, then down. */
  pair: 'blue-orange' | 'orange-blue' | 'green-red' | 'red-green' | 'own';
  /** Colours of a pair of one's own, see `OwnPair`; '' = none chosen yet. */
  ownPair: string;
  amounts: 'shown' | 'hidden';
  navigation: 'wide' | 'narrow';
  times: 'utc' | 'server' | 'local' | 'zone';
  /** The zone that `times` names, as `core/market/zone.ts` writes them; '' = none chosen yet. */
  zone: string;
  /** Whether the first steps are shown on the first page. */
  guide: 'shown' | 'put-away';
  /** Keys other than the usual ones, by the action's id; '' = none at all. */
  keys: Readonly<Record<string, string>>;
}

export const defaultPreferences: Preferences = {
  language: 'en',
  theme: 'system',
  density: 'normal',
  pair: 'blue-orange',
  ownPair: '',
  amounts: 'shown',
  navigation: 'wide',
  times: 'utc',
  zone: '',
  guide: 'shown',
  keys: {},
};

const among =
  <Value extends string>(...values: readonly Value[]) =>
  (given: unknown): Value | undefined =>
    values.find((each) => each === given);

const readers: {
  readonly [Name in keyof Preferences]: (given: unknown) => Preferences[Name] | undefined;
} = {
  language: (given) => (typeof given === 'string' && findLanguage(given) ? given : undefined),
  theme: among('system', 'light', 'dark'),
  density: among('compact', 'normal', 'touch'),
  pair: among('blue-orange', 'orange-blue', 'green-red', 'red-green', 'own'),
  ownPair: (given) =>
    typeof given === 'string' && (given === '' || readOwnPair(given)) ? given : undefined,
  amounts: among('shown', 'hidden'),
  navigation: among('wide', 'narrow'),
  times: among('utc', 'server', 'local', 'zone'),
  zone: (given) =>
    typeof given === 'string' && (given === '' || findZone(given).ok) ? given : undefined,
  guide: among('shown', 'put-away'),
  keys: readKeys,
};

const mostKeys = 200;
const longestChord = 40;

function readKeys(given: unknown): Preferences['keys'] | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  const pairs = Object.entries(given).filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === 'string' && pair[1].length <= longestChord,
  );
  return Object.fromEntries(pairs.slice(0, mostKeys));
}

/** The preferences in a stored value, defaults where it is missing, old or damaged. */
export function readPreferences(stored: unknown): Preferences {
  const given: Partial<Record<string, unknown>> =
    typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const read = <Name extends keyof Preferences>(name: Name): Preferences[Name] =>
    readers[name](given[name]) ?? defaultPreferences[name];
  return {
    language: read('language'),
    theme: read('theme'),
    density: read('density'),
    pair: read('pair'),
    ownPair: read('ownPair'),
    amounts: read('amounts'),
    navigation: read('navigation'),
    times: read('times'),
    zone: read('zone'),
    guide: read('guide'),
    keys: read('keys'),
  };
}

/** Up and down as each theme shows them, `#rrggbb`. */
export interface OwnPair {
  readonly light: { readonly up: string; readonly down: string };
  readonly dark: { readonly up: string; readonly down: string };
}

/** `#rrggbb` four times, with a space between: light up, light down, dark up, dark down. */
export function writeOwnPair({ light, dark }: OwnPair): string {
  return [light.up, light.down, dark.up, dark.down].join(' ');
}

export function readOwnPair(text: string): OwnPair | null {
  const match = /^(#[\da-f]{6}) (#[\da-f]{6}) (#[\da-f]{6}) (#[\da-f]{6})$/.exec(text);
  if (!match) return null;
  const [, lightUp = '', lightDown = '', darkUp = '', darkDown = ''] = match;
  return { light: { up: lightUp, down: lightDown }, dark: { up: darkUp, down: darkDown } };
}

/** How times are written; the server's clock needs a page that shows something of a server. */
export function timeDisplay(
  { times, zone }: Pick<Preferences, 'times' | 'zone'>,
  serverZone: string | null,
): TimeDisplay {
  if (times === 'local') return 'local';
  const shown = times === 'server' ? serverZone : times === 'zone' ? zone : null;
  return shown === null || shown === '' ? 'utc' : `zone:${shown}`;
}
