/** The page's own handle on the trader's data; opened by its first query, closed by nobody. */
import { Database } from '#workers/store/database.ts';
import { namesKey, readNames, type DatabaseNames } from '#workers/store/database-names.ts';

/** As it stands now; what this page has open stays `database.name`. */
export function keptNames(): DatabaseNames {
  try {
    // Pages are drawn ahead of time where there is no document.
    return readNames('document' in globalThis ? localStorage.getItem(namesKey) : null);
  } catch {
    // Storage refused: one database for whoever sits here.
    return readNames(null);
  }
}

/** Where storage is refused, the change holds nowhere: answers false. */
export function keepNames(names: DatabaseNames): boolean {
  try {
    localStorage.setItem(namesKey, JSON.stringify(names));
    return true;
  } catch {
    return false;
  }
}

export const database = new Database(keptNames().current);
