/**
 * Which databases this browser holds, whose they are, and which one is open.
 *
 * Kept as JSON in localStorage, `{ current, owners, doomed }`, since a page must know the name
 * before it can ask anything; what a database says of itself in `owner.ts` is the truth. Workers
 * are told by their name, `room@database`.
 */
export const DEFAULT_NAME = 'offing';
export const namesKey = 'offing.databases';

export interface DatabaseNames {
  readonly current: string;
  /** Account by database; null = nobody's. */
  readonly owners: Readonly<Record<string, string | null>>;
  /** To be deleted once no tab has them open any more. */
  readonly doomed: readonly string[];
}

const isName = (text: unknown): text is string =>
  typeof text === 'string' && /^offing(\.[a-z0-9]{1,40})?$/.test(text);

/** What is kept, or as it is on a first visit where that is missing or damaged. */
export function readNames(text: string | null): DatabaseNames {
  const kept = parse(text) as Partial<Record<keyof DatabaseNames, unknown>>;
  const owners = Object.entries(plain(kept.owners)).filter(
    ([name, owner]) => isName(name) && (owner === null || typeof owner === 'string'),
  ) as [string, string | null][];
  return {
    current: isName(kept.current) ? kept.current : DEFAULT_NAME,
    owners: Object.fromEntries(owners),
    doomed: Array.isArray(kept.doomed) ? kept.doomed.filter(isName) : [],
  };
}

function parse(text: string | null): object {
  try {
    return plain(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

function plain(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

export function workerName(room: string, database: string): string {
  return `${room}@${database}`;
}

/** What a worker's name says. */
export function partsOfWorkerName(name: string): {
  readonly room: string;
  readonly database: string;
} {
  const [room = '', database] = name.split('@');
  return { room, database: isName(database) ? database : DEFAULT_NAME };
}
