/** The journal worker of a page. */
import * as Comlink from 'comlink';
import type { JournalWorker } from '#workers/journal/api.ts';
import { openRoomEngine, type RoomEngine } from '../state/room-engine.ts';

export type JournalEngine = RoomEngine<JournalWorker>;

/** `onchange` is called when answers may have become others. */
export const openJournalEngine = (onchange: () => void): JournalEngine =>
  openRoomEngine('journal', (worker) => worker.follow(Comlink.proxy(onchange)));
