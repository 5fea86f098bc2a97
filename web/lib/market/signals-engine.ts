/** The signals worker of a page. */
import type { SignalsWorker } from '#workers/signals/api.ts';
import { openRoomEngine, type RoomEngine } from '../state/room-engine.ts';

export type SignalsEngine = RoomEngine<SignalsWorker>;

export const openSignalsEngine = (): SignalsEngine => openRoomEngine('signals');
