/** The trader's journal on this device. */
import { database } from '../state/database.ts';
import { dayStore } from './day-store.ts';
import { journalStore } from './journal-store.ts';
import { playbookStore } from './playbook-store.ts';

const nowMs = () => Date.now();

export const journal = journalStore(database, nowMs);
export const days = dayStore(database, nowMs);
export const playbooks = playbookStore(database, nowMs, () => crypto.randomUUID());
