/** Databases that the trader removed, deleted once the page that had them open is gone. */
import { Dexie } from 'dexie';
import { database, keepNames, keptNames } from './database.ts';

export async function deleteDoomed(): Promise<void> {
  for (const name of keptNames().doomed) {
    if (name === database.name) continue;
    try {
      // They are empty since they were removed: what fails now is tried at the next start.
      await Dexie.delete(name);
    } catch {
      continue;
    }
    const names = keptNames();
    keepNames({ ...names, doomed: names.doomed.filter((each) => each !== name) });
  }
}
