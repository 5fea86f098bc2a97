/** How fast devices come to one truth: merging, the server, and what a trader waits for. */
import type { Row } from '../row.ts';
import { startMeasuredServer } from '../server/measured-server.ts';
import { makeTraders } from '../server/traders.ts';
import { browserBench } from './browser-bench.ts';
import { buildPage } from './browser-device.ts';
import { convergenceBench } from './convergence-bench.ts';
import { mergeBench } from './merge-bench.ts';
import { bytesBench, pushBench } from './push-bench.ts';
import { simulationBench } from './simulation-bench.ts';

const PUSHING = 5;
const CONVERGING = 5;
const BROWSING = 4;

export async function syncBench(): Promise<Row[]> {
  const rows = [...mergeBench(), ...bytesBench(), ...(await simulationBench())];
  const pages = await buildPage();
  const server = await startMeasuredServer({ OFFING_PAGES: pages.folder });
  try {
    const traders = await makeTraders(server, PUSHING + CONVERGING + BROWSING);
    rows.push(...(await convergenceBench(server, traders.splice(0, CONVERGING))));
    rows.push(...(await browserBench(server.address, traders.splice(0, BROWSING))));
    rows.push(...(await pushBench(server, traders)));
  } finally {
    await server.end();
    pages.remove();
  }
  return rows;
}
