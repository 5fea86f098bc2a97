/** One question of luck: loads the prices, computes in steps, reports now and then. */
import type { Failure } from '#core/errors.ts';
import type { Bars } from '#core/market/bars.ts';
import { luckOf } from '#core/optimise/luck.ts';
import type { WalkOrders } from '#core/optimise/order-paths.ts';
import type { Result } from '#core/result.ts';
import type { OptimiseWorker } from './api.ts';

export interface LuckPorts {
  readonly loadBars: (seriesId: string) => Promise<Result<Bars, Failure>>;
  readonly walk: WalkOrders;
  readonly nowMs: () => number;
}

const REPORT_MS = 100;

export function openLuck(ports: LuckPorts): Pick<OptimiseWorker, 'luck'> {
  return {
    async luck(request, onProgress) {
      const bars = await ports.loadBars(request.sweep.seriesId);
      if (!bars.ok) return bars;
      const steps = luckOf(request, bars.value, ports.walk);
      let reportedMs = ports.nowMs();
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
        if (ports.nowMs() - reportedMs < REPORT_MS) continue;
        reportedMs = ports.nowMs();
        onProgress(step.value);
      }
    },
  };
}
