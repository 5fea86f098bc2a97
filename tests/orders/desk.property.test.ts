/** Whatever a terminal, a link and a trader do, in whatever order: the promises of orders hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finalStates, type Intent } from '../../core/broker/intent.ts';
import type { TradeRequest } from '../../core/broker/request.ts';
import { usualLimits } from '../../core/risk/limits.ts';
import { accountId, deskWorld, place, someId, type DeskWorld } from './desk-world.ts';
import type { Behaviour } from './fake-terminal.ts';
import { memoryStore, type AwaitPoint } from './memory-store.ts';

type Step =
  | { readonly t: 'open' | 'pending' | 'close' | 'again' | 'cut' | 'settle' | 'trigger' }
  | { readonly t: 'behave'; readonly behaviour: Behaviour }
  | { readonly t: 'pass'; readonly ms: number }
  | { readonly t: 'broken'; readonly isWhole: boolean }
  /** The next time that anybody waits there for the database, the process dies. */
  | { readonly t: 'kill'; readonly point: AwaitPoint };

const behaviours: readonly Behaviour[] = [
  ...(['execute', 'execute-silently', 'time-out', 'time-out-executed'] as const),
  ...(['requote', 'reject', 'refuse', 'ignore'] as const),
];

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ t: fc.constantFrom('open' as const, 'pending' as const) }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        t: fc.constantFrom('close', 'again', 'cut', 'settle', 'trigger' as const),
      }) as fc.Arbitrary<Step>,
    },
    {
      weight: 4,
      arbitrary: fc.record({
        t: fc.constant('behave' as const),
        behaviour: fc.constantFrom(...behaviours),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        t: fc.constant('pass' as const),
        ms: fc.constantFrom(600, 6_000, 70_000),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ t: fc.constant('broken' as const), isWhole: fc.boolean() }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        t: fc.constant('kill' as const),
        point: fc.constantFrom('begin', 'read', 'commit', 'committed' as const),
      }) as fc.Arbitrary<Step>,
    },
  ),
  { minLength: 5, maxLength: 30 },
);

const limits = { ...usualLimits, openPositions: 3 };
const lots = 0.05;

/** Each intent from commit to commit: what was filled stays filled. */
function watch(before: ReadonlyMap<string, Intent>, now: readonly Intent[]): void {
  for (const intent of now) {
    const was = before.get(intent.id);
    if (!was) continue;
    expect(intent.filledLots).toBeGreaterThanOrEqual(was.filledLots);
    if (was.state === 'filled') expect(intent.state).toBe('filled');
    if (finalStates.has(intent.state)) expect(intent.reserved.margin).toBe(0);
  }
}

/** When the process is to die next. */
interface Fate {
  point: AwaitPoint | null;
}

class Killed extends Error {}

/** A device that heard no answer asks the same once more; the server has come back meanwhile. */
async function ask(world: DeskWorld, request: TradeRequest): Promise<void> {
  try {
    await world.submit(request);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    await revive(world);
    await world.submit(request);
  }
}

/** Back again, also where it dies on the way. */
async function revive(world: DeskWorld): Promise<void> {
  try {
    await world.cut();
    await world.connect();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    await revive(world);
  }
}

async function take(world: DeskWorld, fate: Fate, step: Step): Promise<void> {
  const { terminal } = world;
  if (world.closed.length > 0) {
    world.closed.length = 0;
    await revive(world);
  }
  switch (step.t) {
    case 'open':
      await ask(world, place({ volumeLots: lots }));
      return;
    case 'pending':
      await ask(world, place({ volumeLots: lots, kind: 'limit', price: 1.05, sl: 1.04 }));
      return;
    case 'close': {
      const [held] = world.kept().positions.values();
      if (!held) return;
      const request = { id: someId(), accountId, t: 'close', volumeLots: null } as const;
      await ask(world, { ...request, position: held.position });
      return;
    }
    case 'again':
      for (const desk of [world.desk, world.desk]) desk.wake();
      terminal.tell();
      return;
    case 'cut':
      fate.point = null;
      return revive(world);
    case 'settle':
      return world.settle();
    case 'trigger': {
      const [order] = terminal.orders.keys();
      if (order !== undefined) terminal.trigger(order);
      return;
    }
    case 'behave':
      terminal.behaviour = step.behaviour;
      return;
    case 'pass':
      return world.pass(step.ms);
    case 'broken':
      terminal.isWhole = step.isWhole;
      return;
    case 'kill':
      fate.point = step.point;
  }
}

test('nothing is executed twice or beyond a limit, and in the end all is known', async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.constantFrom('hedging' as const, 'netting' as const),
      async (given, mode) => {
        let before: ReadonlyMap<string, Intent> = new Map();
        const fate: Fate = { point: null };
        const store = memoryStore({
          atAwait: (point) => {
            if (fate.point !== point) return;
            fate.point = null;
            throw new Killed();
          },
          onCommit: (_, { intents }) => {
            watch(before, intents);
            before = new Map([...before, ...intents.map((each) => [each.id, each] as const)]);
          },
        });
        const world = await deskWorld({ mode, store, limits });
        const { terminal } = world;
        for (const step of given) {
          await take(world, fate, step);
          // On a netting account orders of a symbol become one position.
          const waiting = mode === 'netting' ? 0 : terminal.orders.size;
          expect(terminal.positions.size + waiting).toBeLessThanOrEqual(3);
        }
        terminal.behaviour = 'execute';
        terminal.isWhole = true;
        fate.point = null;
        await revive(world);
        await world.pass(400_000);
        // Each attempt was handed over at most once, and at most one of an intent was executed.
        const sent = terminal.commands.map(({ id, attempt }) => `${id} ${attempt}`);
        expect(new Set(sent).size).toBe(sent.length);
        for (const intent of world.kept().intents.values()) {
          const magics = [intent.magic, ...intent.earlierMagics];
          const own = terminal.deals.filter((deal) => magics.includes(deal.magic));
          expect(new Set(own.map(({ order }) => order)).size).toBeLessThanOrEqual(1);
          const filled = own.reduce((sum, deal) => sum + deal.volumeLots, 0);
          if (intent.body.t === 'place') expect(intent.filledLots).toBeCloseTo(filled, 9);
          expect(['unknown', 'manual', 'executing', 'acked', 'claimed']).not.toContain(
            intent.state,
          );
        }
        const shown = ({ positions }: { positions: ReadonlyMap<string, { volumeLots: number }> }) =>
          [...positions].map(([id, held]) => [id, held.volumeLots]).sort();
        expect(shown(world.kept())).toEqual(shown(terminal));
        expect([...world.kept().orders.keys()].sort()).toEqual([...terminal.orders.keys()].sort());
        expect(world.kept().account.state).toBe('paired');
      },
    ),
    { numRuns: Number(process.env['ORDER_RUNS'] ?? 60) },
  );
});
