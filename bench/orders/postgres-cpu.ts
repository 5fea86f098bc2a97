/** How long all processes of one Postgres have worked so far; null where the system does not tell. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterFolder } from '../../tests/server-process.ts';
import type { MeasuredServer } from '../server/measured-server.ts';

const ticksPerSecond = 100;

export async function postgresCpuSeconds({ dataFolder }: MeasuredServer): Promise<number | null> {
  const note = await readFile(
    join(await clusterFolder(join(dataFolder, '..')), 'postmaster.pid'),
    'utf8',
  );
  const postmaster = note.split('\n')[0]!;
  const names = await readdir('/proc').catch(() => null);
  if (!names) return null;
  let ticks = 0;
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (name !== postmaster && fields[1] !== postmaster) continue;
    ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / ticksPerSecond;
}
