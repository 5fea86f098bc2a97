/** Spans of lives shared among threads, each of which takes the next as soon as it is free. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Span, Tally } from './lives.ts';
import type { Safeguard } from './safeguards.ts';

export interface Sharing {
  readonly threads: number;
  readonly without: Safeguard | null;
  told(span: Span, tally: Tally): void;
}

export async function shareAmong(
  spans: readonly Span[],
  { threads, without, told }: Sharing,
): Promise<void> {
  const left = [...spans];
  const work = async () => {
    const worker = new Worker(new URL('lives.worker.ts', import.meta.url), {
      workerData: { without },
      // Much of a life is dead by its end: few collections are cheaper than many.
      resourceLimits: { maxYoungGenerationSizeMb: 96 },
    });
    for (let span = left.shift(); span; span = left.shift()) {
      worker.postMessage(span);
      const [tally] = (await once(worker, 'message')) as [Tally];
      told(span, tally);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(threads, spans.length) }, work));
}
