/** One question of luck: loads the prices, computes in steps, reports now and then. */
import { luckOf } from '#core/optimise/luck.ts';
import type { WalkOrders } from '#core/optimise/order-paths.ts';
import type { OptimiseWorker } from './api.ts';
import type { TakePrices } from './search-prices.ts';

export interface LuckPorts {
  readonly takePrices: TakePrices;
  readonly walk: WalkOrders;
  readonly nowMs: () => number;
}

const REPORT_MS = 100;

export function openLuck(ports: LuckPorts): Pick<OptimiseWorker, 'luck'> {
  return {
    async luck(request, onProgress) {
      const prices = await ports.takePrices(request.sweep);
      if (!prices.ok) return prices;
      const { bars, beside } = prices.value;
      const steps = luckOf(request, bars, ports.walk, beside);
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
