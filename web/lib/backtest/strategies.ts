/** The strategies kept on this device, as the pages change them. */
import { database } from '#lib/state/database.ts';
import { strategyStore } from './strategy-store.ts';

export const strategies = strategyStore(
  database,
  () => Date.now(),
  () => crypto.randomUUID(),
);
