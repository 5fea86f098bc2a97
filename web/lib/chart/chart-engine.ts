/** The chart worker of a page. */
import type { ChartWorker } from '#workers/chart/api.ts';
import { openRoomEngine, type RoomEngine } from '../state/room-engine.ts';

export type ChartEngine = RoomEngine<ChartWorker>;

export const openChartEngine = (): ChartEngine => openRoomEngine('chart');
