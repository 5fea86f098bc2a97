/** The trader's journal on this device. */
import { database } from '../state/database.ts';
import { journalStore } from './journal-store.ts';

export const journal = journalStore(database, () => Date.now());
