/** What the link or the connector's life does, the broker is asked at most once for an intent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookHash } from '#core/broker/book-hash.ts';
import { magicOf } from '#core/broker/identity.ts';
import type { Command, PlaceCommand, ServerMessage } from '#core/broker/messages.ts';
import type { PaperFault } from '#core/broker/paper-settings.ts';
import type { PaperFaults } from '../../sync/terminals/paper/paper-faults.ts';
import { begin, buy, ids, newWorld, type Life, type World } from './made-connector.ts';
import { noonMs } from './paper-play.ts';

const always = (fault: PaperFault): PaperFaults => ({ happens: (each) => each === fault });

async function hear(life: Life, ...messages: readonly ServerMessage[]): Promise<void> {
  for (const message of messages) life.connector.hear(message);
  await life.connector.idle();
}

async function fateOf(life: Life, id: string = ids[0]) {
  const question = { id, attempt: 1, magic: magicOf(id, 1) };
  await hear(life, { t: 'fate', request: 1, ids: [question] });
  const fates = life.said.findLast((each) => each.t === 'fates');
  return fates?.fates[0];
}

/** Entries of the intent's magic number that the kept book has. */
const openings = ({ kept }: World, id: string = ids[0]) =>
  kept.book.deals.filter(({ magic, entry }) => magic === magicOf(id, 1) && entry === 'in').length;

describe('a command', () => {
  test('is written down, acknowledged, carried out, written down and reported', async () => {
    const world = newWorld();
    const life = begin(world);
    await hear(life, buy(world));
    const kinds = life.said.map(({ t }) => t);
    const beginning = ['beat', 'account', 'symbols', 'snapshot'];
    expect(kinds).toEqual([...beginning, 'ack', 'executing', 'result', 'delta']);
    expect(life.results(ids[0])[0]?.result).toMatchObject({ outcome: 'done', retcode: 10009 });
    expect(world.kept.journal).toMatchObject([{ id: ids[0], result: { outcome: 'done' } }]);
    expect(openings(world)).toBe(1);
  });

  test.each<readonly [string, Partial<PlaceCommand>]>([
    ['stale', { untilMs: 999 }],
    ['stale', { untilMs: 1_000_000 }],
    ['price', { worstPrice: 1.1 }],
    ['symbol', { symbol: 'NOPE' }],
  ])('is refused as %s, and nothing is written down', async (reason, change) => {
    const world = newWorld();
    const life = begin(world);
    await hear(life, buy(world, change));
    expect(life.results(ids[0])[0]?.result).toMatchObject({ outcome: 'refused', reason });
    expect(world.kept.journal).toEqual([]);
    expect(world.asked.size).toBe(0);
  });

  test('is refused where the terminal may only be read', async () => {
    const world = newWorld();
    const life = begin(world);
    await hear(life, { t: 'settings', isReadOnly: true, quotesMs: 250 }, buy(world));
    expect(life.results(ids[0])[0]?.result).toMatchObject({ reason: 'read-only' });
  });

  test('at the very price that was allowed is carried out', async () => {
    const world = newWorld();
    const life = begin(world);
    await hear(life, buy(world, { worstPrice: 1.1001 }));
    expect(life.results(ids[0])[0]?.result.outcome).toBe('done');
  });

  test('whose intent cannot be kept is refused, and leaves no trace', async () => {
    const world = newWorld();
    const life = begin(world, {
      onWrite(n) {
        if (n === 1) throw new Error('no space');
      },
    });
    await hear(life, buy(world));
    expect(life.results(ids[0])[0]?.result).toMatchObject({ reason: 'journal' });
    expect(world.asked.size).toBe(0);
    expect(await fateOf(begin(world))).toMatchObject({ journal: 'never-seen', found: null });
  });

  test('of a pending order is placed, not done', async () => {
    const world = newWorld();
    const life = begin(world);
    await hear(life, buy(world, { kind: 'limit', price: 1.09 }));
    expect(life.results(ids[0])[0]?.result.outcome).toBe('placed');
  });

  test('to close takes what is left where that is less', async () => {
    const world = newWorld();
    const life = begin(world);
    await hear(life, buy(world));
    const { position } = life.results(ids[0])[0]!.result;
    const base = { attempt: 1, untilMs: world.nowMs + 5_000, comment: '' };
    const closing = { t: 'close', position: position!, volumeLots: 5, worstPrice: null } as const;
    const rest = { id: ids[1], magic: magicOf(ids[1], 1), deviationPoints: 10 };
    await hear(life, { ...base, ...closing, ...rest });
    expect(life.results(ids[1])[0]?.result).toMatchObject({ outcome: 'done', volumeLots: 0.1 });
    expect(world.kept.book.positions).toEqual([]);
  });

  test.each(['hedging', 'netting'] as const)(
    'to close what is closed does nothing: %s',
    async (mode) => {
      const world = newWorld({ mode });
      const life = begin(world);
      const base = {
        id: ids[0],
        magic: '5',
        attempt: 1,
        untilMs: world.nowMs + 5_000,
        comment: '',
      };
      const closing = { t: 'close', position: '404', volumeLots: 1, worstPrice: null } as const;
      await hear(life, { ...base, ...closing, deviationPoints: 0 });
      expect(world.kept.book.positions).toEqual([]);
      expect(world.asked.size).toBe(0);
    },
  );
});

describe('a life that ends', () => {
  test('between journal and trade: the intent is known, nothing is found, nothing was done', async () => {
    const world = newWorld();
    const life = begin(world, {
      onExecute() {
        throw new Error('killed');
      },
    });
    await hear(life, buy(world));
    expect(life.hungUp).toEqual(['failed']);
    const next = begin(world);
    expect(await fateOf(next)).toMatchObject({
      journal: 'intent',
      result: null,
      found: null,
    });
    await hear(next, buy(world));
    expect(next.results(ids[0])[0]?.result.outcome).toBe('unknown');
    expect(openings(world)).toBe(0);
  });

  test('between trade and its keeping: trade and result are lost together', async () => {
    const world = newWorld();
    const life = begin(world, {
      onWrite(n) {
        if (n === 2) throw new Error('killed');
      },
    });
    await hear(life, buy(world));
    expect(life.results(ids[0])).toEqual([]);
    expect(openings(world)).toBe(0);
    expect(await fateOf(begin(world))).toMatchObject({ journal: 'intent', found: null });
  });

  test('between keeping and reply: the result is told when it is asked for', async () => {
    const world = newWorld();
    await hear(begin(world), buy(world));
    const fate = await fateOf(begin(world));
    expect(fate).toMatchObject({ journal: 'result', found: { state: 'filled', filledLots: 0.1 } });
    expect(fate?.result?.outcome).toBe('done');
  });

  test('and takes the journal with it: the order is found by its magic number', async () => {
    const world = newWorld();
    await hear(begin(world), buy(world));
    world.kept = { ...world.kept, journal: [] };
    const next = begin(world);
    await hear(next, buy(world));
    expect(next.results(ids[0])[0]?.result).toMatchObject({ outcome: 'done', volumeLots: 0.1 });
    expect(openings(world)).toBe(1);
  });
});

describe('a fault on purpose', () => {
  test('an answer that is lost ends the link, and the fill is found', async () => {
    const world = newWorld();
    const life = begin(world, { faults: always('lost-reply') });
    await hear(life, buy(world));
    expect(life.results(ids[0])).toEqual([]);
    expect(life.hungUp).toHaveLength(1);
    const found = { state: 'filled' };
    expect(await fateOf(begin(world))).toMatchObject({ journal: 'intent', found });
  });

  test.each([
    ['executed-timeout', 1],
    ['timeout-lost', 0],
  ] as const)('%s leaves the result unknown', async (fault, done) => {
    const world = newWorld();
    const life = begin(world, { faults: always(fault) });
    await hear(life, buy(world), buy(world));
    const outcomes = life.results(ids[0]).map(({ result }) => result.outcome);
    expect(outcomes).toEqual(['unknown', 'unknown']);
    expect(openings(world)).toBe(done);
  });

  test('a requote is a no', async () => {
    const world = newWorld();
    const life = begin(world, { faults: always('requote') });
    await hear(life, buy(world));
    expect(life.results(ids[0])[0]?.result).toMatchObject({ outcome: 'rejected', retcode: 10004 });
  });

  test('a duplicate event says the same twice', async () => {
    const world = newWorld();
    const life = begin(world, { faults: always('duplicate-event') });
    await hear(life, buy(world));
    const [first, second] = life.results(ids[0]);
    expect(second).toEqual(first);
  });

  test('a frozen terminal says that it is not connected', async () => {
    const world = newWorld();
    const life = begin(world, { faults: always('freeze') });
    await hear(life, buy(world));
    expect(life.results(ids[0])[0]?.result.outcome).toBe('unknown');
    await hear(life, { t: 'snapshot' });
    expect(life.said.findLast((each) => each.t === 'snapshot')).toMatchObject({
      isConnected: false,
    });
  });
});

test('any duplicates, late ones, repeats and deaths come to one asking an intent at the most', async () => {
  const step = fc.oneof(
    fc.record({
      t: fc.constant('buy' as const),
      id: fc.nat(2),
      attempt: fc.integer({ min: 1, max: 3 }),
      isLate: fc.boolean(),
    }),
    fc.record({ t: fc.constant('die' as const), atWrite: fc.integer({ min: 1, max: 6 }) }),
    fc.record({ t: fc.constant('again' as const) }),
    fc.record({
      t: fc.constant('fault' as const),
      fault: fc.constantFrom<PaperFault>(
        'lost-reply',
        'executed-timeout',
        'timeout-lost',
        'requote',
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 25 }), async (steps) => {
      const world = newWorld();
      const sent: Command[] = [];
      let life = begin(world);
      for (const each of steps) {
        world.nowMs += 100;
        if (each.t === 'buy') {
          const command = buy(world, { id: ids[each.id]!, attempt: each.attempt });
          sent.push(each.isLate ? { ...command, untilMs: world.nowMs - 1 } : command);
          life.connector.hear(sent.at(-1)!);
        } else if (each.t === 'again') {
          for (const command of sent) life.connector.hear(command);
        } else {
          await life.connector.idle();
          const onWrite = (n: number) => {
            if (each.t === 'die' && n === each.atWrite) throw new Error('killed');
          };
          life = begin(world, each.t === 'fault' ? { faults: always(each.fault) } : { onWrite });
        }
      }
      await life.connector.idle();
      await begin(world).connector.idle();
      const byId = ids.map((id) => {
        const magics = [1, 2, 3].map((attempt) => magicOf(id, attempt));
        return world.kept.book.deals.filter(({ magic }) => magics.includes(magic)).length;
      });
      for (const fills of byId) expect(fills).toBeLessThanOrEqual(1);
    }),
    { numRuns: 200 },
  );
});

test('changes add up to what a snapshot says', async () => {
  const world = newWorld();
  const life = begin(world);
  await hear(life, buy(world), buy(world, { id: ids[1], kind: 'limit', price: 1.09 }));
  const delta = life.said.filter((each) => each.t === 'delta');
  const held = delta.flatMap((each) => each.positions);
  const orders = delta.flatMap((each) => each.orders);
  expect(delta.at(-1)?.hash).toBe(bookHash(held, orders));
  await hear(life, { t: 'snapshot' });
  const snapshot = life.said.findLast((each) => each.t === 'snapshot');
  expect(snapshot).toMatchObject({ hash: delta.at(-1)?.hash });
});

test('quotes are said of what was asked for, as often as was asked for, the latest only', async () => {
  const world = newWorld();
  const life = begin(world);
  await hear(life, { t: 'subscribe', symbols: ['EURUSD', 'NOPE'] });
  const quotes = () => life.said.filter((each) => each.t === 'quotes');
  world.nowMs += 100;
  life.connector.tick();
  expect(quotes()).toHaveLength(0);
  world.nowMs += 200;
  life.connector.tick();
  expect(quotes()).toMatchObject([{ quotes: [['EURUSD', 1.1, 1.1001, noonMs]] }]);
  world.nowMs += 300;
  life.connector.tick();
  // Nothing moved.
  expect(quotes()).toHaveLength(1);
});

test('a server that says nothing for fifteen seconds is left', async () => {
  const world = newWorld();
  const life = begin(world);
  await life.connector.idle();
  world.nowMs += 15_000;
  life.connector.tick();
  expect(life.hungUp).toEqual([]);
  world.nowMs += 1;
  life.connector.tick();
  expect(life.hungUp).toEqual(['silence']);
});
