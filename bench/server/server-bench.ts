/** How much the server bears: reads, sign-ins, limits; and what the time of an answer gives away. */
import type { Row } from '../row.ts';
import { limiterBench } from './limiter-bench.ts';
import { startMeasuredServer } from './measured-server.ts';
import { readBench } from './read-bench.ts';
import { signInBench } from './sign-in-bench.ts';
import { timeFloorBench } from './time-floor-bench.ts';
import { makeTraders } from './traders.ts';

const PEOPLE = 100;

export async function serverBench(): Promise<Row[]> {
  const server = await startMeasuredServer();
  try {
    const before = await server.residentMegabytes();
    const traders = await makeTraders(server, PEOPLE);
    const reads = await readBench(server, traders);
    const signIns = await signInBench(server, traders);
    const floors = await timeFloorBench(server, traders);
    const checks = await limiterBench(server.databaseUrl);
    const after = await server.residentMegabytes();
    const memory: Row = {
      name: 'memory of the server after all this, resident',
      value: after,
      unit: 'MB',
      rival: `just started (${Math.round(before)} MB)`,
      ratio: after / before,
      target: 'reported',
      pass: null,
    };
    return [...reads, ...signIns, ...floors, ...checks, memory];
  } finally {
    await server.end();
  }
}
