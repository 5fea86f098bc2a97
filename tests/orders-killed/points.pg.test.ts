/** A server killed at every question of the order path to Postgres keeps every promise. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Connection } from '../../sync/database/connection.ts';
import { mostMs, openGround, type Ground } from './ground.ts';
import { lifeOf, type Kind, type Outcome, type Stage } from './killing.ts';

/** Every one of them takes minutes: a sample at each change. */
const isLong = process.env['OFFING_LONG'] === '1';
const sampled: Readonly<Record<Kind, number>> = { open: 5, close: 3 };
const longMs = 10_800_000;

let ground: Ground;
let connection: Connection;
let stage: Stage;
beforeAll(async () => {
  ground = await openGround();
  connection = connect(ground.at.databaseUrl, { name: 'test', most: 2 });
  stage = {
    ...{ ground, queries: connection.database },
    trader: await ground.trader(),
    server: await ground.start(),
  };
}, mostMs);
afterAll(async () => {
  await connection?.close();
  await ground?.close();
});

/** Of an order that nothing comes in the way of. */
async function wholeLife(kind: Kind): Promise<Outcome> {
  for (;;) {
    const outcome = await lifeOf(stage, { kind, question: Infinity, when: 'before' });
    expect(outcome.wasKilled).toBe(false);
    if (outcome.state === 'filled') return outcome;
  }
}

/** The n-th of so many, spread over the whole way. */
function pointsOf(asked: number, kind: Kind): readonly number[] {
  if (isLong) return Array.from({ length: asked }, (_, n) => n + 1);
  const count = sampled[kind];
  return Array.from({ length: count }, (_, n) => 1 + Math.floor(((n + 0.5) * asked) / count));
}

describe.each(['open', 'close'] as const)(
  'a server killed on the way of an order to %s',
  (kind) => {
    test(
      'executes it at most once, knows what became of it, and answers again as before',
      async () => {
        const whole = await wholeLife(kind);
        const outcomes = new Map<string, number>();
        const points = pointsOf(whole.asked, kind);
        let killed = 0;
        for (const [n, question] of points.entries()) {
          for (const when of isLong ? (['before', 'after'] as const) : [ways[n % 2]!]) {
            const outcome = await lifeOf(stage, { kind, question, when });
            if (outcome.wasKilled) killed++;
            const text = told(outcome);
            outcomes.set(text, (outcomes.get(text) ?? 0) + 1);
            if (isLong) console.log(`${kind} ${question} ${when}: ${text}`);
          }
        }
        if (isLong) console.log(kind, whole.asked, Object.fromEntries(outcomes));
        expect(killed).toBeGreaterThan(points.length / 2);
      },
      isLong ? longMs : mostMs,
    );
  },
);

const ways = ['before', 'after'] as const;

function told({ wasKilled, wasAnswered, left, state }: Outcome): string {
  if (!wasKilled) return 'not reached';
  return `${wasAnswered ? 'answered' : 'no answer'}, ${left ?? 'not taken'} → ${state ?? 'not taken'}`;
}
