/** Deletes a series and offers to bring it back. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import { notify, notifyFailure } from '#lib/state/notices.ts';
import { removeSeries } from '#lib/state/series-removal.ts';
import { storage } from '#lib/state/storage.svelte.ts';
import { say } from '#lib/words/language.ts';

/** True when it is gone. */
export async function deleteWithUndo(series: PriceSeries): Promise<boolean> {
  const name = `${series.symbol} ${series.timeframe}`;
  const removed = await removeSeries(series.id);
  if (!removed.ok) {
    void notifyFailure(removed.error, name);
    return false;
  }
  void storage.measure();
  void notify({
    text: say`${name} deleted`,
    detail: say`Runs made on it stay.`,
    action: {
      label: say`Undo`,
      run: () => {
        void removed.value().then((back) => {
          if (!back.ok) void notifyFailure(back.error, name);
        });
      },
    },
  });
  return true;
}
