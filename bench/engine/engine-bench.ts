/** How fast the engine is: its kernels against the same loop in C, and a whole run by stage. */
import type { Row } from '../row.ts';
import { compileRival } from './c-rival.ts';
import { codeRows } from './code-bench.ts';
import { columnRows } from './column-bench.ts';
import { kernelRows } from './kernel-bench.ts';
import { makeRuns } from './made-run.ts';
import { orderRows } from './order-bench.ts';
import { stageRows } from './stage-bench.ts';
import { sweepRows } from './sweep-bench.ts';

const BARS = 1_000_000;

export async function engineBench(): Promise<Row[]> {
  const rival = compileRival();
  try {
    return [
      ...makeRuns(BARS).flatMap((made) => kernelRows(made, rival)),
      ...columnRows(),
      ...(await sweepRows()),
      ...(await stageRows(BARS)),
      ...orderRows(),
      ...(await codeRows(BARS)),
    ];
  } finally {
    rival?.close();
  }
}
