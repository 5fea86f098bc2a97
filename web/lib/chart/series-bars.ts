/** Reads one window of a stored series for a chart. */
import type { Bars } from '#core/market/bars.ts';
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import { loadLastBars } from '#workers/store/series.ts';
import { database } from '../state/database.ts';
import { windowBars, type BarWindow } from './bar-window.ts';

export function loadWindow(seriesId: string, at: BarWindow): Promise<Result<Bars, Failure>> {
  return loadLastBars(database, seriesId, windowBars, at.beforeMs ?? undefined);
}
