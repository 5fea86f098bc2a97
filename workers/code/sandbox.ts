/** What the sandbox worker does: one run, with the broker beside the machine. */
import * as Comlink from 'comlink';
import type { Outcome } from '#core/execution/outcome.ts';
import { runBroker } from '#core/execution/broker/broker.ts';
import type { CodeWorker } from './api.ts';
import { runCode, type Broker } from './run-code.ts';

/** Often enough for a sign of life from the slowest strategy. */
const STEPS_PER_SLICE = 1000;

export function openSandbox(nowMs: () => number): CodeWorker {
  return {
    async run(request, onProgress) {
      const result = await runCode(request, { broker, nowMs, onProgress });
      return result.ok ? Comlink.transfer(result, columnsOf(result.value.outcome)) : result;
    },
  };
}

const broker: Broker = (markets, trader, settings) =>
  runBroker(markets, trader, settings, { stepsPerSlice: STEPS_PER_SLICE });

function columnsOf({ equity, roundTrips }: Outcome): ArrayBuffer[] {
  const columns = [equity, ...Object.values(roundTrips)].filter(ArrayBuffer.isView);
  return [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))];
}
