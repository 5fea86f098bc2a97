/** How many reads of signed-in people the server answers, and how soon. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { quantile, requestText, runLoad, type LoadRequest, type LoadResult } from './load.ts';
import { watchMachine } from './machine.ts';
import type { MeasuredServer } from './measured-server.ts';
import type { Trader } from './traders.ts';

const ROUNDS = 3;
const LEAST_PER_SECOND = 4_000;
const MOST_P99_MS = 200;
const WARM_UP_MS = 1_000;
const FIRST_WARM_UP_MS = 5_000;
const MEASURED_MS = 5_000;

type Subject = 'ours' | 'bare' | 'hand';

export async function readBench(
  server: MeasuredServer,
  traders: readonly Trader[],
): Promise<Row[]> {
  const rival = await startRival(server.databaseUrl);
  try {
    const addresses = { ours: server.address, bare: server.address, hand: rival.address };
    const rounds: Record<Subject, LoadResult[]> = { ours: [], bare: [], hand: [] };
    const serverCpu: number[] = [];
    const busyCores: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const subject of ['ours', 'bare', 'hand'] as const) {
        const warmUpMs = round === 0 ? FIRST_WARM_UP_MS : WARM_UP_MS;
        const cpuBefore = await server.cpuSeconds();
        const machine = watchMachine();
        rounds[subject].push(
          await runLoad({
            address: addresses[subject],
            connections: traders.map((trader, index) =>
              requestsOf(subject, addresses[subject], trader, index),
            ),
            warmUpMs,
            until: { ms: MEASURED_MS },
          }),
        );
        const tookSeconds = (warmUpMs + MEASURED_MS) / 1_000;
        const cpuRatio = ((await server.cpuSeconds()) - cpuBefore) / tookSeconds;
        if (subject !== 'ours') continue;
        serverCpu.push(cpuRatio);
        busyCores.push(machine().busyCores);
      }
    }
    return rowsOf(rounds, { server: median(serverCpu), all: median(busyCores) }, traders.length);
  } finally {
    rival.child.kill();
  }
}

/** Three procedures in turn, each trader beginning with another; what is right for one is wrong for all others. */
function requestsOf(
  subject: Subject,
  address: string,
  { email, sessionCookie, userId }: Trader,
  index: number,
): LoadRequest[] {
  const get = (path: string, piece: string): LoadRequest => {
    const text = requestText(address, { path, cookie: sessionCookie });
    return { label: path, text, status: 200, piece };
  };
  if (subject === 'bare') return [get('/healthz', '{"alive":true}')];
  if (subject === 'hand') return [get('/', `"email":"${email}"`)];
  const all = [
    get('/trpc/auth.me', `"userId":"${userId}"`),
    get('/trpc/account.profile', `"email":"${email}"`),
    get('/trpc/account.settings', `{"index":${index},`),
  ];
  return all.map((_, turn) => all[(turn + index) % all.length]!);
}

async function startRival(
  databaseUrl: string,
): Promise<{ readonly address: string; readonly child: ChildProcess }> {
  const child = fork(join(import.meta.dirname, 'hand-rival.ts'), [databaseUrl]);
  const [port] = await once(child, 'message');
  return { address: `http://127.0.0.1:${Number(port)}`, child };
}

function rowsOf(
  rounds: Readonly<Record<Subject, readonly LoadResult[]>>,
  cores: { readonly server: number; readonly all: number },
  people: number,
): Row[] {
  const rate = (subject: Subject) => median(rounds[subject].map(({ perSecond }) => perSecond));
  const p99 = (subject: Subject) =>
    median(
      rounds[subject].map(({ latenciesMs }) => quantile(Object.values(latenciesMs).flat(), 0.99)),
    );
  const [ours, bare, hand] = [rate('ours'), rate('bare'), rate('hand')];
  const answers = rounds.ours.reduce((sum, round) => sum + round.answers, 0);
  const errors = rounds.ours.reduce((sum, round) => sum + round.errors, 0);
  const firstError = rounds.ours.find((round) => round.firstError !== null)?.firstError;
  const generatorCpu = median(rounds.ours.map(({ cpuRatio }) => cpuRatio));
  const reason = `server ${percent(cores.server)}, generator ${percent(generatorCpu)}, Postgres and other programs ${percent(cores.all - cores.server - generatorCpu)} of a core`;
  return [
    {
      name: `reads of ${people} signed-in people`,
      value: ours,
      unit: 'reads/s',
      rival: `postgres.js by hand (${Math.round(hand)}/s)`,
      ratio: ours / hand,
      target: `≥ ${LEAST_PER_SECOND}/s`,
      pass: ours >= LEAST_PER_SECOND,
      reason,
    },
    {
      name: 'the same, held against the bare server',
      value: ours,
      unit: 'reads/s',
      rival: `/healthz beside it (${Math.round(bare)}/s)`,
      ratio: ours / bare,
      target: 'reported',
      pass: null,
    },
    {
      name: `99 % of reads of ${people} people answered within`,
      value: p99('ours'),
      unit: 'ms',
      rival: `by hand (${p99('hand').toFixed(1)} ms)`,
      ratio: p99('ours') / p99('hand'),
      target: `< ${MOST_P99_MS} ms`,
      pass: p99('ours') < MOST_P99_MS,
    },
    {
      name: `reads that failed, of ${answers}`,
      value: errors,
      unit: 'reads',
      rival: 'limit of 0',
      ratio: errors / answers,
      target: '= 0',
      pass: errors === 0,
      ...(firstError ? { reason: firstError.slice(0, 300) } : {}),
    },
    {
      name: 'the load generator beside it',
      value: generatorCpu * 100,
      unit: '% of core',
      rival: `the server's own (${percent(cores.server)})`,
      ratio: generatorCpu / cores.server,
      target: 'reported',
      pass: null,
    },
    {
      name: 'Postgres and other programs of the machine meanwhile',
      value: (cores.all - cores.server - generatorCpu) * 100,
      unit: '% of core',
      rival: `the server's own (${percent(cores.server)})`,
      ratio: (cores.all - cores.server - generatorCpu) / cores.server,
      target: 'reported',
      pass: null,
    },
  ];
}

const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;
