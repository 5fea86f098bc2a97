/**
 * What becomes of the databases of this browser as accounts sign in and out.
 *
 * The names are written last: until then a page that is loaded anew finds what was before, and
 * whoever signs in goes the same way again.
 */
import { Database } from './database.ts';
import { doom, entryOf, newName, opened } from './database-moves.ts';
import type { DatabaseNames } from './database-names.ts';
import { claim, empty, holdsWork, noteCleared, ownerOf, release } from './owner.ts';
import { notePriceFiles } from './price-files.ts';

export interface EnteringParts {
  /** The one that this page has open. */
  readonly database: Database;
  keptNames(): DatabaseNames;
  /** False where nothing can be kept. */
  keepNames(names: DatabaseNames): boolean;
  /** Brings what is here into another database; false when it could not. */
  carryInto(name: string): Promise<boolean>;
  /** 0 … below 1. */
  random(): number;
  nowMs(): number;
}

export interface Entering {
  /** Makes the account's own database the open one; true when the page must load anew for it. */
  enter(userId: string): Promise<boolean>;
  /** Once the account is gone: what it left is nobody's. */
  disown(userId: string): Promise<void>;
  /** Takes the account's data away, also from a database that is not open; true = it was the open one. */
  remove(userId: string): Promise<boolean>;
}

export function entering(parts: EnteringParts): Entering {
  const { database, keptNames, keepNames, random } = parts;
  return {
    async enter(userId) {
      const names = await trueNames(parts);
      if (names.current !== database.name) return true;
      const entry = entryOf(names, userId);
      switch (entry.kind) {
        case 'stay':
          keepNames(opened(names, database.name, userId));
          return false;
        case 'claim':
          await notePriceFiles(database);
          await claim(database, userId);
          keepNames(opened(names, database.name, userId));
          return false;
        case 'make':
          return move(parts, { names, name: newName(random), userId });
        case 'open': {
          const { name } = entry;
          if (!entry.carry) return move(parts, { names, name, userId });
          if ((await holdsWork(database)) && !(await parts.carryInto(name))) return false;
          await empty(database);
          return move(parts, { names: doom(names, database.name), name, userId });
        }
      }
    },

    async disown(userId) {
      if ((await ownerOf(database)) !== userId) return;
      await release(database);
      keepNames(opened(keptNames(), database.name, null));
    },

    async remove(userId) {
      const names = keptNames();
      let rest = names;
      for (const [name, owner] of Object.entries(names.owners)) {
        const isOther = name !== database.name && owner === userId;
        if (isOther && (await emptyOther(name, userId))) rest = doom(rest, name);
      }
      const isOpen = (await ownerOf(database)) === userId;
      if (isOpen) await empty(database);
      keepNames(isOpen ? doom(opened(rest, newName(random), null), database.name) : rest);
      return isOpen;
    },
  };
}

/** False where it is not the account's after all. */
async function emptyOther(name: string, userId: string): Promise<boolean> {
  const other = new Database(name);
  try {
    if ((await ownerOf(other)) !== userId) return false;
    await empty(other);
    return true;
  } finally {
    other.close();
  }
}

/** What is kept, mended by what the open database says of itself. */
async function trueNames(parts: EnteringParts): Promise<DatabaseNames> {
  const { database } = parts;
  const names = await withStrays(parts.keptNames());
  const told = names.owners[database.name] ?? null;
  const owner = await ownerOf(database);
  if (owner === told) return names;
  if (owner === null && told !== null && !(await holdsWork(database))) {
    await recover(database, told, parts.nowMs());
    return names;
  }
  return { ...names, owners: { ...names.owners, [database.name]: owner } };
}

/** Where the names were lost, databases that are there tell whose they are. */
async function withStrays(names: DatabaseNames): Promise<DatabaseNames> {
  if (Object.keys(names.owners).length > 0 || !('databases' in indexedDB)) return names;
  const owners: Record<string, string | null> = {};
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('offing.') || name === names.current) continue;
    const stray = new Database(name);
    owners[name] = await ownerOf(stray).finally(() => stray.close());
  }
  return { ...names, owners };
}

/** The browser threw the account's data away: the server has them. */
async function recover(cleared: Database, userId: string, nowMs: number): Promise<void> {
  await claim(cleared, userId);
  await noteCleared(cleared, nowMs);
}

interface Move {
  readonly names: DatabaseNames;
  readonly name: string;
  readonly userId: string;
}

async function move(parts: EnteringParts, { names, name, userId }: Move): Promise<boolean> {
  const target = new Database(name);
  try {
    const isKnown = Object.hasOwn(names.owners, name);
    if (isKnown && (await ownerOf(target)) === null) await recover(target, userId, parts.nowMs());
    else await claim(target, userId);
  } finally {
    target.close();
  }
  return parts.keepNames(opened(names, name, userId));
}
