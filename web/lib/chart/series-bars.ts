/** Reads one window of a stored series for a chart. */
import type { Bars } from '#core/market/bars.ts';
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import { loadLastBars } from '#workers/store/series.ts';
import { database } from '../state/database.ts';
import { storeFailure } from '../state/store-failure.ts';
import { windowBars, type BarWindow } from './bar-window.ts';

export async function loadWindow(seriesId: string, at: BarWindow): Promise<Result<Bars, Failure>> {
  try {
    return await loadLastBars(database, seriesId, windowBars, at.beforeMs ?? undefined);
  } catch (error) {
    return fail(storeFailure(error));
  }
}
