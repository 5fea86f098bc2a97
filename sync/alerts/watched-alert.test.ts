import { expect, test } from 'vitest';
import type { Side } from '#core/alerts/crossing.ts';
import type { AlertRow } from './alert-rows.ts';
import type { Firing, Seen } from './fire.ts';
import { watchedAlert } from './watched-alert.ts';

const [level, atMs] = [100, 1_000];

function rowOf(change: Partial<AlertRow> = {}): AlertRow {
  const id = '00000000-0000-4000-8000-000000000001';
  return {
    ...{ userId: id, alertId: id, accountId: id, repeat: 'every', pauseMs: 60_000, untilMs: null },
    condition: { t: 'price', symbol: 'EURUSD', way: 'above', price: level },
    ...{ channels: [], note: '', state: 'on', fired: 0, revision: 1, lastFiredMs: null },
    ...{ side: null, createdMs: 1, changedMs: 1, ...change },
  };
}

/** The alert, and a database that answers what it is told to: by itself, that it was told. */
function watched(given: Partial<AlertRow> = {}) {
  const fired: Omit<Seen, 'session'>[] = [];
  const kept: (Side | null)[] = [];
  const database = {
    fire: async ({ known, side }: (typeof fired)[number]): Promise<AlertRow | null> => {
      return { ...known, side, fired: known.fired + 1 };
    },
  };
  const alert = watchedAlert(
    {
      fire(seen) {
        fired.push(seen);
        return database.fire(seen);
      },
      keepSide: async (_, side) => void kept.push(side),
    },
    rowOf(given),
  );
  const see = (value: number) => alert.see(value, level, 'above', atMs);
  return { alert, database, fired, kept, see };
}

const bar = (key: string): Firing => ({ key, atMs, value: null, detail: {} });

test('a crossing is told once, and again only when the value comes from below anew', async () => {
  const { alert, see, fired } = watched();
  for (const value of [99, 101, 102, 99, 101]) see(value);
  await alert.tell();
  await alert.tell();
  expect(fired).toHaveLength(1);
  for (const value of [98, 100]) see(value);
  await alert.tell();
  expect(fired.map(({ known }) => known.fired)).toEqual([0, 1]);
});

test('what could not be told stays due', async () => {
  const { alert, see, fired, database } = watched({ side: -1 });
  const { fire } = database;
  database.fire = () => Promise.reject(new Error('The database is away.'));
  see(101);
  await expect(alert.tell()).rejects.toThrow('away');
  database.fire = fire;
  expect(alert.isDue).toBe(true);
  await alert.tell();
  expect([alert.isDue, fired.length]).toEqual([false, 2]);
});

test('an alert that was changed while one was due waits from where its new level says', async () => {
  const { alert, see, fired, database } = watched({ side: -1 });
  // The trader moved the level below the price, and the database knows that first.
  const changed = rowOf({ revision: 2, side: 1 });
  database.fire = async () => changed;
  see(101);
  see(99);
  alert.happened(bar('old'));
  await alert.tell();
  expect([alert.isDue, fired.length]).toEqual([false, 1]);
  alert.renew(changed);
  see(102);
  expect(alert.isDue).toBe(false);
});

test('one that is renewed without a change keeps what is due and where its value is', () => {
  const { alert, see } = watched({ side: -1 });
  see(101);
  alert.renew(rowOf({ side: -1 }));
  expect(alert.isDue).toBe(true);
  see(102);
  alert.renew(rowOf({ side: -1, revision: 2 }));
  expect(alert.isDue).toBe(false);
  see(103);
  expect(alert.isDue).toBe(true);
});

test('what has a name is told once for each change of the alert', async () => {
  const { alert, fired } = watched();
  for (let i = 0; i < 2; i++) {
    alert.happened(bar('one'));
    alert.happened(bar('one'));
    await alert.tell();
  }
  alert.renew(rowOf({ revision: 2 }));
  alert.happened(bar('one'));
  await alert.tell();
  expect(fired.map(({ known }) => known.revision)).toEqual([1, 2]);
});

test('of one that is gone or done nothing more is told', async () => {
  for (const answer of [null, rowOf({ state: 'done' })]) {
    const { alert, fired, database } = watched();
    database.fire = async () => answer;
    alert.happened(bar('one'));
    alert.happened(bar('two'));
    await alert.tell();
    expect([alert.isDue, fired.length]).toEqual([false, 1]);
  }
});

test('a side is written down where it changed and nothing is due', async () => {
  const { alert, see, kept } = watched({ side: -1 });
  await alert.keep();
  see(98);
  await alert.keep();
  expect(kept).toEqual([]);
  see(101);
  await alert.keep();
  expect(kept).toEqual([]);
  await alert.tell();
  see(99);
  await alert.keep();
  await alert.keep();
  expect(kept).toEqual([-1]);
});

const past = (close: number, firing: Firing | null) => ({
  ...{ close, level, way: 'above' as const, firing },
});

test('a price that bars showed beyond the level does not come there again with the first quote', async () => {
  const { alert, see, fired } = watched({ side: -1 });
  alert.missed(past(101, bar('missed')));
  await alert.tell();
  see(101);
  await alert.tell();
  expect(fired.map(({ firing, side }) => [firing.key, side])).toEqual([['missed', 1]]);
});

test.each([
  ['fell below the level unseen and is above it again: is told', 1, 99, 101, true],
  ['leapt over the level where no bar shows it: is told', -1, 101, 102, true],
  ['was above the level already when it was first seen: is not told', null, 101, 102, false],
] as const)('a price that %s by the next quote', (_, side, close, now, isTold) => {
  const { alert, see } = watched({ side });
  alert.missed(past(close, null));
  see(now);
  expect(alert.isDue).toBe(isTold);
});

test('bars say nothing of where a price is that was seen since', async () => {
  const { alert, see, fired } = watched({ side: -1 });
  see(99);
  alert.missed(past(101, bar('missed')));
  await alert.tell();
  see(101);
  await alert.tell();
  expect(fired.map(({ firing }) => firing.key)).toEqual(['missed', null]);
});
