/** A broker in one memory with its journal is asked at once: what is kept is of one moment, and only that is said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { magicOf } from '#core/broker/identity.ts';
import type { ConnectorMessage } from '#core/broker/messages.ts';
import {
  begin,
  buy,
  ids,
  newWorld,
  type Life,
  type LifeOptions,
  type World,
} from './made-connector.ts';

const joined = (world: World, options: LifeOptions = {}) =>
  begin(world, { ...options, isJoined: true });

async function hear(life: Life, ...messages: Parameters<Life['connector']['hear']>[0][]) {
  for (const message of messages) life.connector.hear(message);
  await life.connector.idle();
  // What is written in the background comes to its end as well.
  await new Promise((resolve) => setTimeout(resolve));
}

async function fateOf(life: Life) {
  const question = { id: ids[0], attempt: 1, magic: magicOf(ids[0], 1) };
  await hear(life, { t: 'fate', request: 1, ids: [question] });
  return life.said.findLast((each) => each.t === 'fates')?.fates[0];
}

const openingsOf = ({ kept }: Pick<World, 'kept'>, wanted: string) =>
  kept.book.deals.filter(({ magic, entry }) => magic === wanted && entry === 'in').length;

const openings = (world: World) => openingsOf(world, magicOf(ids[0], 1));

const ofCommand = (life: Life) =>
  life.said.map(({ t }) => t).filter((t) => t === 'ack' || t === 'executing' || t === 'result');

describe('a broker that answers at once', () => {
  test('is kept with note and result in one way to the database', async () => {
    const world = newWorld();
    let writes = 0;
    const life = joined(world, { onWrite: () => void writes++ });
    await life.connector.idle();
    const before = writes;
    await hear(life, buy(world));
    expect(writes - before).toBe(1);
    expect(ofCommand(life)).toEqual(['ack', 'executing', 'result']);
    expect(world.kept.journal).toMatchObject([{ id: ids[0], result: { outcome: 'done' } }]);
    expect(openings(world)).toBe(1);
  });

  test('that dies before it is kept has said nothing, and nothing was done', async () => {
    const world = newWorld();
    const life = joined(world, {
      onWrite() {
        throw new Error('killed');
      },
    });
    await hear(life, buy(world));
    expect(ofCommand(life)).toEqual([]);
    expect(life.hungUp).toEqual(['failed']);
    expect(openings(world)).toBe(0);
    expect(await fateOf(joined(world))).toMatchObject({ journal: 'never-seen', found: null });
  });

  test('does a command that comes again in the next life no second time', async () => {
    const world = newWorld();
    await hear(joined(world), buy(world));
    const next = joined(world);
    await hear(next, buy(world));
    expect(next.results(ids[0])[0]?.result).toMatchObject({ outcome: 'done', volumeLots: 0.1 });
    expect(openings(world)).toBe(1);
    expect(world.asked.get(ids[0])).toBe(1);
  });
});

describe('a broker that takes its time', () => {
  const slow = () => {
    let answer = (): void => undefined;
    const wait = () => new Promise<void>((resolve) => (answer = resolve));
    return { wait, answer: () => answer() };
  };

  test('is told to have the command once the note of it is kept, before it answers', async () => {
    const world = newWorld();
    const broker = slow();
    const life = joined(world, broker);
    await life.connector.idle();
    life.connector.hear(buy(world));
    await expect.poll(() => ofCommand(life)).toEqual(['ack', 'executing']);
    expect(world.kept.journal).toMatchObject([{ id: ids[0], result: null }]);
    expect(openings(world)).toBe(0);
    broker.answer();
    await expect.poll(() => ofCommand(life)).toEqual(['ack', 'executing', 'result']);
    expect(openings(world)).toBe(1);
  });

  test('of whose command no note could be kept has said nothing of it', async () => {
    const world = newWorld();
    const broker = slow();
    const life = joined(world, {
      ...broker,
      onWrite() {
        throw new Error('killed');
      },
    });
    await life.connector.idle();
    await hearSlowly(life, world);
    expect(ofCommand(life)).toEqual([]);
    broker.answer();
    await life.connector.idle();
    expect(ofCommand(life)).toEqual([]);
    expect(openings(world)).toBe(0);
    expect(await fateOf(joined(world))).toMatchObject({ journal: 'never-seen', found: null });
  });

  test('and dies meanwhile leaves a note, so that it is looked for', async () => {
    const world = newWorld();
    const life = joined(world, slow());
    await life.connector.idle();
    await hearSlowly(life, world);
    expect(await fateOf(joined(world))).toMatchObject({ journal: 'intent', found: null });
  });
});

test('whatever dies, fails or comes again: what is said is kept, and nothing is done twice', async () => {
  const life = fc.record({
    commands: fc.array(fc.record({ id: fc.nat(2), attempt: fc.integer({ min: 1, max: 2 }) }), {
      ...{ minLength: 1, maxLength: 6 },
    }),
    diesAt: fc.integer({ min: 1, max: 12 }),
    losesAt: fc.integer({ min: 1, max: 8 }),
    turns: fc.integer({ min: 0, max: 3 }),
    fault: fc.option(fc.constantFrom('lost-reply', 'executed-timeout', 'timeout-lost', 'requote')),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
      const world = newWorld();
      const lies: ConnectorMessage[] = [];
      for (const { commands, diesAt, losesAt, turns, fault } of lives) {
        const lived = joined(world, {
          onWrite(n) {
            if (n === diesAt) throw new Error('killed');
          },
          isLost: (n) => n === losesAt,
          wait: () => takeTurns(turns),
          faults: { happens: (each) => each === fault },
          onSay: (message) => void (isKept(world, message) || lies.push(message)),
        });
        for (const { id, attempt } of commands) {
          lived.connector.hear(buy(world, { id: ids[id]!, attempt }));
        }
        await lived.connector.idle();
        await takeTurns(3);
        expect(lies).toEqual([]);
        for (const id of ids) {
          const [first, second] = [1, 2].map((attempt) => openingsOf(world, magicOf(id, attempt)));
          expect(first! + second!).toBeLessThan(2);
        }
      }
    }),
    { numRuns: 150 },
  );
});

/** Whether the next life knows of what the server is told. */
function isKept({ kept }: World, message: ConnectorMessage): boolean {
  if (message.t !== 'ack' && message.t !== 'executing' && message.t !== 'result') return true;
  const { id, attempt } = message;
  const result = message.t === 'result' ? message.result : null;
  const entry = kept.journal.find((each) => each.id === id && each.attempt === attempt);
  // What was refused before it was written down leaves no trace.
  if (!entry) return result?.outcome === 'refused';
  return result?.outcome !== 'done' || openingsOf({ kept }, magicOf(id, attempt)) === 1;
}

async function takeTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Until what it writes in the background is written. */
async function hearSlowly(life: Life, world: World): Promise<void> {
  life.connector.hear(buy(world));
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setTimeout(resolve));
}
