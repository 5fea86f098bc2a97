/** What the sandbox worker does: one run, with the broker beside the machine. */
import * as Comlink from 'comlink';
import type { Outcome } from '#core/execution/outcome.ts';
import { runBroker } from '#core/execution/broker/broker.ts';
import { standardLimits, type CodeWorker } from './api.ts';
import { Machine } from './machine.ts';
import { runCode } from './run-code.ts';

export function openSandbox(nowMs: () => number): CodeWorker {
  return {
    async warm() {
      await Machine.open({ memoryBytes: standardLimits.memoryBytes, interrupt: () => false });
    },
    async run(request, onProgress) {
      const result = await runCode(request, { broker: runBroker, nowMs, onProgress });
      return result.ok ? Comlink.transfer(result, columnsOf(result.value.outcome)) : result;
    },
  };
}

function columnsOf({ equity, roundTrips }: Outcome): ArrayBuffer[] {
  const columns = [equity, ...Object.values(roundTrips)].filter(ArrayBuffer.isView);
  return [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))];
}
