/** Whether the time of an answer tells if an address has an account. */
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { quantile, requestText, runLoad, type LoadRequest } from './load.ts';
import type { MeasuredServer } from './measured-server.ts';
import type { Trader } from './traders.ts';

const MOST_GAP_MS = 2;
/** As many as are hashed at once: an answer that waits for a hash misses its floor. */
const LANES = 2;
const STAGGER_MS = 200;

interface Door {
  readonly name: string;
  readonly path: string;
  readonly samples: number;
  readonly status: number;
  readonly piece: string;
  body(email: string): unknown;
}

const doors: readonly Door[] = [
  {
    name: 'wrong password',
    path: '/trpc/auth.signIn',
    samples: 500,
    status: 401,
    piece: '"failure":"auth.credentials-wrong"',
    body: (email) => ({ email, password: 'not-the-password-of-this-one' }),
  },
  {
    name: 'sign-up',
    path: '/trpc/auth.signUp',
    samples: 60,
    status: 200,
    piece: '"sent":true',
    body: (email) => ({ email, password: 'nine-lanterns-over-the-weir' }),
  },
  {
    name: 'reset',
    path: '/trpc/auth.requestReset',
    samples: 60,
    status: 200,
    piece: '"sent":true',
    body: (email) => ({ email }),
  },
];

export async function timeFloorBench(
  server: MeasuredServer,
  traders: readonly Trader[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const door of doors) rows.push(...(await measure(server, traders, door)));
  return rows;
}

async function measure(
  { address }: MeasuredServer,
  traders: readonly Trader[],
  door: Door,
): Promise<Row[]> {
  let asked = 0;
  const request = (label: string, email: string): LoadRequest => {
    const text = requestText(address, { path: door.path, body: door.body(email) });
    return { label, text, status: door.status, piece: door.piece };
  };
  const pair = (): LoadRequest[] => {
    const index = asked++;
    const known = request('known', traders[index % traders.length]!.email);
    const unknown = request('unknown', `nobody${index}.${door.samples}@offing.example`);
    return index % 2 === 0 ? [known, unknown] : [unknown, known];
  };
  const pairsEach = door.samples / LANES;
  const { latenciesMs, errors, firstError } = await runLoad({
    address,
    connections: Array.from({ length: LANES }, () =>
      Array.from({ length: pairsEach }, pair).flat(),
    ),
    staggerMs: STAGGER_MS,
    warmUpMs: 0,
    until: { answersEach: pairsEach * 2 },
  });
  if (errors > 0) throw new Error(`${door.name}: ${errors} answers were wrong: ${firstError}`);
  const { known = [], unknown = [] } = latenciesMs;
  const gapMs = Math.abs(median(known) - median(unknown));
  return [
    {
      name: `${door.name}: gap of known, unknown (${known.length} + ${unknown.length} samples)`,
      value: gapMs,
      unit: 'ms',
      rival: `limit of ${MOST_GAP_MS} ms`,
      ratio: gapMs / MOST_GAP_MS,
      target: `< ${MOST_GAP_MS} ms`,
      pass: gapMs < MOST_GAP_MS,
    },
    {
      name: `${door.name}: known ${spread(known)} ms`,
      value: median(known),
      unit: 'ms',
      rival: `unknown ${spread(unknown)}`,
      ratio: median(known) / median(unknown),
      target: 'reported',
      pass: null,
    },
  ];
}

/** Of the samples as they are: least, 5 %, 95 %, most. */
function spread(samples: readonly number[]): string {
  return [0, 0.05, 0.95, 1].map((share) => quantile(samples, share).toFixed(1)).join(' … ');
}
