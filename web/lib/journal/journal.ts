/** The trader's journal on this device. */
import { database } from '../state/database.ts';
import { dayStore } from './day-store.ts';
import { editStore } from './edit-store.ts';
import { goalStore } from './goal-store.ts';
import { journalStore } from './journal-store.ts';
import { newsStore } from './news-store.ts';
import { playbookStore } from './playbook-store.ts';
import { viewStore } from './view-store.ts';

const nowMs = () => Date.now();

export const journal = journalStore(database, nowMs);
export const days = dayStore(database, nowMs);
const newId = () => crypto.randomUUID();

export const playbooks = playbookStore(database, nowMs, newId);
export const views = viewStore(database, nowMs, newId);
export const tripEdits = editStore(database, nowMs, newId);
export const news = newsStore(database, nowMs);
export const goals = goalStore(database, nowMs, newId);
