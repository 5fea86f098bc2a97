import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doom, entryOf, newName, opened } from './database-moves.ts';
import { partsOfWorkerName, readNames, workerName, type DatabaseNames } from './database-names.ts';

const first = readNames(null);
const owned = (owners: DatabaseNames['owners'], current = 'offing'): DatabaseNames => ({
  current,
  owners,
  doomed: [],
});

test('whatever is kept is read as names that may be used', () => {
  const kept = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) =>
      JSON.stringify({
        current: value,
        owners: value,
        doomed: value,
      }),
    ),
  );
  fc.assert(
    fc.property(kept, (text) => {
      const { current, owners, doomed } = readNames(text);
      const names = [current, ...Object.keys(owners), ...doomed];
      expect(names.filter((name) => !/^offing(\.[a-z0-9]+)?$/.test(name))).toEqual([]);
    }),
  );
  const names = owned({ offing: 'a', 'offing.x': null }, 'offing.x');
  expect(readNames(JSON.stringify(names))).toEqual(names);
});

test('the first account takes the database that is there', () => {
  expect(first.current).toBe('offing');
  expect(entryOf(first, 'a')).toEqual({ kind: 'claim' });
  expect(entryOf(opened(first, 'offing', 'a'), 'a')).toEqual({ kind: 'stay' });
});

test('a second account never gets the database of the first', () => {
  expect(entryOf(owned({ offing: 'a' }), 'b')).toEqual({ kind: 'make' });
  const two = opened(owned({ offing: 'a' }), 'offing.b', 'b');
  expect(entryOf(two, 'b')).toEqual({ kind: 'stay' });
  expect(entryOf(two, 'a')).toEqual({ kind: 'open', name: 'offing', carry: false });
});

test('only what nobody owns is brought along into the own database', () => {
  const names = owned({ offing: 'a', 'offing.x': null }, 'offing.x');
  expect(entryOf(names, 'a')).toEqual({ kind: 'open', name: 'offing', carry: true });
  expect(entryOf(names, 'b')).toEqual({ kind: 'claim' });
});

test('over any comings and goings each account comes back to its own database alone', () => {
  const step = fc.record({
    who: fc.constantFrom('a', 'b', 'c'),
    leaves: fc.constantFrom('keep', 'remove'),
  });
  fc.assert(
    fc.property(
      fc.array(step),
      fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
      (steps, numbers) => {
        const random = () => numbers.next().value as number;
        let names = first;
        for (const [i, { who, leaves }] of steps.entries()) {
          const entry = entryOf(names, who);
          const own = Object.keys(names.owners).find((name) => names.owners[name] === who);
          if (entry.kind === 'make') names = opened(names, `${newName(random)}${i}`, who);
          else if (entry.kind === 'open') names = opened(names, entry.name, who);
          else names = opened(names, names.current, who);
          if (own !== undefined) expect(names.current).toBe(own);
          if (leaves === 'remove') names = doom(opened(names, `offing.n${i}`, null), names.current);
          const known = Object.values(names.owners).filter((owner) => owner !== null);
          expect(new Set(known).size).toBe(known.length);
          expect(names.doomed).not.toContain(names.current);
        }
      },
    ),
  );
});

test('a worker is told its room and its database by its name', () => {
  expect(partsOfWorkerName(workerName('backtest', 'offing.x'))).toEqual({
    room: 'backtest',
    database: 'offing.x',
  });
  expect(partsOfWorkerName('code')).toEqual({ room: 'code', database: 'offing' });
  expect(partsOfWorkerName('code@../x').database).toBe('offing');
});
