/** The groups of a report in words. */
import {
  heldFromMs,
  noKey,
  outsideSessions,
  volumeFromLots,
  type GroupKind,
} from '#core/journal/group-kinds.ts';
import { say } from '../words/language.ts';
import { sideWords } from '../words/orders.ts';
import { durationText, weekdayNames } from '../words/times.ts';

/** In the order in which they are offered. */
export const kindWords: Readonly<Record<GroupKind, string>> = {
  symbol: say`Symbol`,
  side: say`Side`,
  weekday: say`Weekday`,
  hour: say`Hour of opening`,
  month: say`Month of closing`,
  news: say`Near news`,
  session: say`Session`,
  held: say`Holding time`,
  volume: say`Volume`,
  tag: say`Tag`,
  playbook: say`Playbook`,
  mistake: say`Mistake`,
  rating: say`Rating`,
  account: say`Account`,
};

const notKnown = say`Opening not known`;
const noneWords: Readonly<Record<GroupKind, string>> = {
  symbol: '',
  side: '',
  weekday: notKnown,
  hour: notKnown,
  session: notKnown,
  month: '',
  news: say`No news known of that day`,
  held: notKnown,
  volume: '',
  tag: say`No tag`,
  playbook: say`No playbook`,
  mistake: say`No mistake`,
  rating: say`Not rated`,
  account: '',
};

const sessionWords: Readonly<Record<string, string>> = {
  sydney: 'Sydney',
  tokyo: 'Tokyo',
  london: 'London',
  newyork: say`New York`,
  [outsideSessions]: say`Outside of them`,
};

const newsWords: Readonly<Record<string, string>> = {
  near: say`Opened near news`,
  through: say`News came while open`,
  away: say`Away from news`,
};

/** What the page knows of names that are kept elsewhere. */
export interface GroupNames {
  readonly playbook: (id: string) => string;
  readonly account: (account: string) => string;
}

export function keyText(kind: GroupKind, key: string, names: GroupNames): string {
  if (key === noKey) return noneWords[kind];
  switch (kind) {
    case 'side':
      return key === 'sell' ? sideWords.sell : sideWords.buy;
    case 'weekday':
      return weekdayNames[Number(key) - 1] ?? key;
    case 'hour':
      return `${key.padStart(2, '0')}:00`;
    case 'month':
      return `${key.slice(0, 4)}-${key.slice(4)}`;
    case 'news':
      return newsWords[key] ?? key;
    case 'session':
      return sessionWords[key] ?? key;
    case 'held':
      return classText(heldFromMs.map(durationText), Number(key));
    case 'volume':
      return classText(volumeFromLots.map(String), Number(key));
    case 'playbook':
      return names.playbook(key);
    case 'account':
      return names.account(key);
    case 'symbol':
    case 'tag':
    case 'mistake':
    case 'rating':
      return key;
  }
}

/** From an end up to the next one, which is not in it. */
function classText(ends: readonly string[], at: number): string {
  const [from, to] = [ends[at - 1], ends[at]];
  if (from === undefined) return say`under ${to}`;
  return to === undefined ? say`${from} or more` : say`${from} to ${to}`;
}
