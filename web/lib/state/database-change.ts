/** Moves this tab to another database once another tab has opened one: by loading the page anew. */
import { namesKey } from '#workers/store/database-names.ts';
import { database, keptNames } from './database.ts';
import { reloadWhenIdle } from './reload.ts';

/** Watches until the returned function is called. */
export function followDatabase(): () => void {
  const look = () => {
    if (keptNames().current !== database.name) reloadWhenIdle();
  };
  const changed = ({ key }: StorageEvent) => {
    if (key === namesKey) look();
  };
  addEventListener('storage', changed);
  // A page that comes back from the history was asleep meanwhile.
  addEventListener('pageshow', look);
  if (keptNames().doomed.length > 0) {
    void import('./doomed-databases.ts').then(({ deleteDoomed }) => deleteDoomed());
  }
  return () => {
    removeEventListener('storage', changed);
    removeEventListener('pageshow', look);
  };
}
