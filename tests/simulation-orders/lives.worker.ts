/** A thread of the simulation: is told a span, answers its tally, until it is told no more. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Safeguard } from './safeguards.ts';
import { tallyOf, type Span } from './lives.ts';

const { without } = workerData as { readonly without: Safeguard | null };
parentPort?.on('message', (span: Span) => {
  void tallyOf(span, without).then((tally) => parentPort?.postMessage(tally));
});
