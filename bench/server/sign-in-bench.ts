/** How many sign-ins a second: as many as the hash allows, and hardly fewer. */
import { hash, verify } from '@node-rs/argon2';
import { ok as assertTrue } from 'node:assert/strict';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { requestText, runLoad, type LoadResult } from './load.ts';
import type { MeasuredServer } from './measured-server.ts';
import { password, type Trader } from './traders.ts';

const ROUNDS = 5;
const MEASURED_MS = 6_000;
const WARM_UP_MS = 1_500;
const LEAST_RATIO = 0.9;
/** Nobody is faster than the hash he waits for: above this the machine was disturbed. */
const MOST_RATIO = 1.1;
/** More than are hashed at once, so that the line is never empty in spite of the time floor. */
const PEOPLE = 24;
const AT_ONCE = 2;
// As in sync/auth/passwords.ts.
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };

export async function signInBench(
  server: MeasuredServer,
  traders: readonly Trader[],
): Promise<Row[]> {
  const hashed = await hash(password, cost);
  const bare: number[] = [];
  const ours: LoadResult[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await bareRate(hashed));
    ours.push(await signInLoad(server, traders.slice(0, PEOPLE)));
  }
  const value = median(ours.map(({ perSecond }) => perSecond));
  const rival = median(bare);
  // Of each round by itself, so that what else the machine does falls on both alike.
  const ratios = ours.map(({ perSecond }, round) => perSecond / bare[round]!);
  const ratio = median(ratios);
  const isDisturbed = ratio > MOST_RATIO;
  const answers = ours.reduce((sum, round) => sum + round.answers, 0);
  const errors = ours.reduce((sum, round) => sum + round.errors, 0);
  const firstError = ours.find((round) => round.firstError !== null)?.firstError ?? '';
  return [
    {
      name: `sign-ins, ${PEOPLE} people trying at once`,
      value,
      unit: '/s',
      rival: `Argon2id alone by ${AT_ONCE} (${rival.toFixed(1)}/s)`,
      ratio,
      target: isDisturbed ? 'machine was disturbed' : `≥ ${LEAST_RATIO} × the hash`,
      pass: isDisturbed ? null : ratio >= LEAST_RATIO,
      reason: `rounds ${ratios.map((each) => each.toFixed(2)).join(', ')}`,
    },
    {
      name: `sign-ins that failed, of ${answers}`,
      value: errors,
      unit: 'sign-ins',
      rival: 'limit of 0',
      ratio: errors / answers,
      target: '= 0',
      pass: errors === 0,
      reason: firstError.slice(0, 300),
    },
  ];
}

/** Checks a second, by the hash alone. */
async function bareRate(hashed: string): Promise<number> {
  const startedMs = performance.now();
  let checked = 0;
  const check = async () => {
    while (performance.now() - startedMs < MEASURED_MS) {
      assertTrue(await verify(hashed, password));
      checked++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, check));
  return checked / ((performance.now() - startedMs) / 1_000);
}

function signInLoad(server: MeasuredServer, people: readonly Trader[]): Promise<LoadResult> {
  const { address } = server;
  return runLoad({
    address,
    connections: people.map(({ email, deviceCookie }) => {
      const body = { email, password };
      const text = requestText(address, { path: '/trpc/auth.signIn', cookie: deviceCookie, body });
      return [{ label: 'sign-in', text, status: 200, piece: '"state":"signed-in"' }];
    }),
    staggerMs: 20,
    warmUpMs: WARM_UP_MS,
    until: { ms: MEASURED_MS },
  });
}
