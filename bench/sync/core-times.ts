/** How long the cores worked for each of those that share them: who sends, the server, Postgres. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { postmasterId } from '../../tests/server-process.ts';
import type { MeasuredServer } from '../server/measured-server.ts';

/** In seconds of one core. */
export interface CoreTimes {
  /** This process. */
  readonly senderS: number;
  readonly serverS: number;
  readonly databaseS: number;
}

/** Of a tick of `/proc`. */
const tickS = 0.01;

export async function coreTimes(server: MeasuredServer): Promise<CoreTimes> {
  const { user, system } = process.cpuUsage();
  const postmaster = await postmasterId(dirname(server.dataFolder));
  return {
    senderS: (user + system) / 1e6,
    serverS: await server.cpuSeconds(),
    databaseS: await familySeconds(postmaster),
  };
}

export function timesSince(before: CoreTimes, now: CoreTimes): CoreTimes {
  return {
    senderS: now.senderS - before.senderS,
    serverS: now.serverS - before.serverS,
    databaseS: now.databaseS - before.databaseS,
  };
}

/** Of a process and its children; 0 where the system does not tell. */
async function familySeconds(processId: number): Promise<number> {
  let ticks = 0;
  for (const name of await readdir('/proc').catch(() => [])) {
    // One that ends meanwhile has nothing to be read.
    const stat =
      /^\d+$/.test(name) && (await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''));
    if (!stat) continue;
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent, , , , , , , , , , user = 0, system = 0] = fields;
    if (Number(name) === processId || parent === processId) ticks += user + system;
  }
  return ticks * tickS;
}
