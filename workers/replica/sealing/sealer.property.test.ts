import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesOfJson,
  DELETED,
  fromWire,
  isCellName,
  MOST_OP_BYTES,
  type Fragment,
  type Json,
  type WireFragment,
} from '#core/sync/fragment.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import { boundTo, faultOfSealedCell, isSealedName } from '#core/sync/sealed-value.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { chunkRef } from './chunk-ref.ts';
import { deviceKeys, sealBytes } from './data-key.ts';
import { sealedNames } from './names.ts';
import { madeAccount, madeDevice, madeServer } from './made-account.ts';

const account = await madeAccount();
const stamp = formatHlc({ ms: 1_700_000_000_000, counter: 3 }, 'node00');

/** Of a later version, so that any value may stand there; `_del` among them. */
const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) as fc.Arbitrary<Json>;
const trap: fc.Arbitrary<Json> = fc.oneof(
  json.map((value) => ({ $chunks: value })),
  json.map((value) => ({ $own: value })),
);
const cellName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((name) => `c${name}`)
  .filter((name) => isCellName(name));
const cells = fc
  .tuple(
    fc.dictionary(cellName, fc.oneof(json, trap), {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    }),
    fc.option(fc.constantFrom(0, 1), { nil: undefined }),
  )
  .map(([all, deleted]) => {
    const { [DELETED]: _, ...rest } = all;
    const own = Object.keys(rest).length > 0 ? rest : { title: 'x' };
    return deleted === undefined ? own : { ...own, [DELETED]: deleted };
  });
const fragment: fc.Arbitrary<Fragment> = fc.record(
  {
    collection: fc.constantFrom('notes', 'strategies', 'later'),
    row: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    hlc: fc.constant(stamp),
    cells,
    schemaVersion: fc.constant(9),
    covers: fc.array(cellName, { minLength: 1, maxLength: 30 }),
    groupId: fc.constant('g'.repeat(20)),
  },
  { requiredKeys: ['collection', 'row', 'hlc', 'cells', 'schemaVersion'] },
);

/** As it arrives: numbers that JSON knows not, as -0, have become what it makes of them. */
function travelled<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe.each([
  ['sealed', account],
  ['in clear', null],
])('a fragment %s', (_, of) => {
  test('opens to what it was, on another device, whatever its values look like', async () => {
    const server = madeServer();
    const [here, there] = await Promise.all([madeDevice(server, of), madeDevice(server, of)]);
    await fc.assert(
      fc.asyncProperty(fc.array(fragment, { maxLength: 5 }), async (ops) => {
        const wire = travelled(await here.sealer.seal(ops));
        for (const [i, op] of ops.entries()) {
          expect(here.sealer.bytesOf(op)).toBeGreaterThanOrEqual(bytesOfJson(wire[i]));
        }
        expect(await there.sealer.open(wire)).toEqual(travelled(ops));
        expect(await there.asides.all()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('leaves in chunks what is large, fits what a server takes, and comes back whole', async () => {
    const server = madeServer();
    const [here, there] = await Promise.all([madeDevice(server, of), madeDevice(server, of)]);
    for (const lengths of [[70_000], [33_000, 10], [20_000, 20_000, 20_000], [1_000_000]]) {
      const large = Object.fromEntries(
        // Characters that do not pack well.
        lengths.map((length, i) => [`c${i}`, toBase64Url(randomOf(length))] as const),
      );
      const op: Fragment = {
        collection: 'later',
        row: 'r',
        hlc: stamp,
        cells: large,
        schemaVersion: 1,
      };
      const [wire] = travelled(await here.sealer.seal([op]));
      const bytes = bytesOfJson(wire);
      expect(bytes).toBeLessThan(MOST_OP_BYTES);
      expect(here.sealer.bytesOf(op)).toBeGreaterThanOrEqual(bytes);
      expect(wire![4]?.c?.every((hash) => server.chunks.has(hash))).toBe(true);
      const [opened] = await there.sealer.open([wire!]);
      expect(opened!.cells).toEqual(large);
    }
  });

  test('names the chunks of a reference that a cell holds', async () => {
    const here = await madeDevice(madeServer(), of);
    const hashes = ['a'.repeat(64), 'b'.repeat(64)];
    const op = (key: string): Fragment => {
      const ref = chunkRef({ hashes, bytes: 10, gzip: false }, key, 'run-arrays');
      const cells = { arrays: ref as unknown as Json };
      return { collection: 'runs', row: 'r', hlc: stamp, cells, schemaVersion: 1 };
    };
    const wire = await here.sealer.seal([op(here.cipher.keyId), op('of a key of before')]);
    expect(wire.map((each) => each[4]?.c ?? [])).toEqual([hashes, []]);
  });

  test('waits as a whole while a chunk is away, blocks nothing, and comes later once', async () => {
    const server = madeServer();
    const [here, there] = await Promise.all([madeDevice(server, of), madeDevice(server, of)]);
    const op = (row: string, value: string): Fragment => ({
      collection: 'later',
      row,
      hlc: stamp,
      cells: { small: 1, value },
      schemaVersion: 1,
    });
    const ops = [op('large', 'x'.repeat(40_000)), op('small', 'y')];
    const wire = travelled(await here.sealer.seal(ops));
    server.isAway = true;
    expect(await there.sealer.open(wire)).toEqual([ops[1]]);
    expect((await there.sealer.late()).fragments).toEqual([]);
    server.isAway = false;
    // Not at once: a server that has it not is not asked again and again.
    expect((await there.sealer.late()).fragments).toEqual([]);
    there.nowMs = 3_600_000;
    const late = await there.sealer.late();
    expect(late.fragments.map(({ cells }) => cells)).toEqual([ops[0]!.cells]);
    // Whoever dies before they are merged gets them again.
    expect((await there.sealer.late()).fragments).toHaveLength(1);
    await late.done();
    expect((await there.sealer.late()).fragments).toEqual([]);
  });
});

describe('what is sealed', () => {
  const op: Fragment = {
    collection: 'notes',
    row: 'row-canary',
    hlc: stamp,
    cells: { title: 'title-canary', [`text.${stamp}`]: 'YXNk', [DELETED]: 1 },
    schemaVersion: 1,
    covers: ['text.aaa'],
  };

  test('shows neither values nor names, and a server can tell that it is sealed', async () => {
    const here = await madeDevice(madeServer(), account);
    const [wire] = await here.sealer.seal([op]);
    const text = JSON.stringify(wire);
    for (const canary of ['canary', 'title', 'text', 'YXNk']) expect(text).not.toContain(canary);
    const read = fromWire(wire) as Fragment;
    expect(isSealedName(read.row)).toBe(true);
    for (const [cell, value] of Object.entries(read.cells)) {
      expect(faultOfSealedCell(cell, value)).toBeNull();
    }
    expect(faultOfSealedCell('title', 'x')).not.toBeNull();
    expect(faultOfSealedCell([...Object.keys(read.cells)][0]!, 'in clear')).not.toBeNull();
    expect(read.covers?.every(isSealedName)).toBe(true);
  });

  test('is another text each time, under the same names', async () => {
    const here = await madeDevice(madeServer(), account);
    const [one, two] = await here.sealer.seal([op, op]);
    expect(Object.keys(one![3])).toEqual(Object.keys(two![3]));
    expect(one![1]).toBe(two![1]);
    expect(one![1]).toBe(here.sealer.idOf('notes', op.row));
    for (const cell of Object.keys(op.cells)) {
      const sealed = here.sealer.cellOf(op.row, cell);
      expect(Object.keys(one![3])).toContain(sealed);
      if (cell !== DELETED) expect(one![3][sealed]).not.toBe(two![3][sealed]);
    }
  });

  test('opens nowhere else: not in another row, cell, collection, moment, version or account', async () => {
    const server = madeServer();
    const here = await madeDevice(server, account);
    const title = { ...op, cells: { title: 'x' } };
    const [one, two] = await here.sealer.seal([title, { ...title, row: 'another', hlc: stamp }]);
    const [cell] = Object.keys(one![3]) as [string];
    const [otherCell] = Object.keys(two![3]) as [string];
    const later = formatHlc({ ms: 1_700_000_000_001, counter: 0 }, 'node00');
    const moved: WireFragment[] = [
      ['notes', two![1], stamp, { [otherCell]: one![3][cell]! }],
      ['notes', two![1], stamp, { [cell]: one![3][cell]! }],
      ['notes', one![1], stamp, { [otherCell]: one![3][cell]! }],
      ['runs', one![1], stamp, { [cell]: one![3][cell]! }],
      ['notes', one![1], later, { [cell]: one![3][cell]! }],
      ['notes', one![1], stamp, { [cell]: one![3][cell]! }, { v: 2 }],
    ];
    const there = await madeDevice(server, account);
    expect(await there.sealer.open(moved)).toEqual([]);
    const told = await there.asides.all();
    expect(told.map(({ reason }) => reason)).toEqual(moved.map(() => 'damaged'));
    expect((await there.sealer.late()).fragments).toEqual([]);
    const stranger = await madeDevice(server, { ...account, userId: 'user-2' });
    expect(await stranger.sealer.open([one!])).toEqual([]);
    const otherKey = await madeDevice(server, await madeAccount());
    expect(await otherKey.sealer.open([one!])).toEqual([]);
    expect(await there.sealer.open([one!])).toHaveLength(1);
  });

  test('does not open once any byte was changed, and keeps back nothing but itself', async () => {
    const server = madeServer();
    const [here, there] = await Promise.all([
      madeDevice(server, account),
      madeDevice(server, account),
    ]);
    const [wire] = await here.sealer.seal([{ ...op, cells: { title: 'x' } }]);
    const [[cell, value]] = Object.entries(wire![3]) as [[string, string]];
    const bytes = fromBase64Url(value.slice(2))!;
    const changed = Array.from(bytes, (_, at) => {
      const other = bytes.slice();
      other[at]! ^= 0x80;
      return ['notes', wire![1], stamp, { [cell]: `1.${toBase64Url(other)}` }] as const;
    });
    expect(await there.sealer.open([...changed, wire!])).toHaveLength(1);
    expect(await there.asides.all()).toHaveLength(bytes.length);
  });

  test('is what it is called, whichever device of the account sealed it', async () => {
    const keys = await deviceKeys(account.dataKey);
    const names = sealedNames(keys.names);
    const row = names.row('notes', 'a');
    const wire = async (name: string, content: readonly unknown[]): Promise<WireFragment> => {
      const cell = names.cell('a', name);
      const place = { collection: 'notes', row, cell, hlc: stamp, schemaVersion: 1 };
      const clear = new TextEncoder().encode(JSON.stringify(content).padEnd(32));
      const bound = boundTo({ userId: account.userId, ...place });
      const sealed = await sealBytes(keys.values, clear, bound);
      return ['notes', row, stamp, { [cell]: `1.${toBase64Url(sealed)}` }];
    };
    const there = await madeDevice(madeServer(), account);
    const wires = await Promise.all([
      wire('title', ['another row', 'title', 'x']),
      wire('title', ['a', 'excerpt', 'x']),
      wire(DELETED, ['a', DELETED, 1]),
      wire('title', ['a', 'title', 'right']),
    ]);
    const opened = await there.sealer.open(wires);
    expect(opened.map(({ cells }) => cells)).toEqual([{ title: 'right' }]);
  });

  test('is looked through by who receives it: a value that no field holds is set aside', async () => {
    const server = madeServer();
    const [here, there] = await Promise.all([
      madeDevice(server, account),
      madeDevice(server, account),
    ]);
    const wire = await here.sealer.seal([
      { ...op, cells: { title: 5 } },
      { ...op, cells: { nothing: 'x' } },
      { ...op, cells: { title: 'x'.repeat(40_000) } },
      { ...op, cells: { title: 'right' } },
    ]);
    const opened = await there.sealer.open(wire);
    expect(opened.map(({ cells }) => cells)).toEqual([{ title: 'right' }]);
  });

  test('deletes a row that says no more what it is, wherever in the page it stands', async () => {
    const server = madeServer();
    const [here, there] = await Promise.all([
      madeDevice(server, account),
      madeDevice(server, account),
    ]);
    const remove = { ...op, cells: { [DELETED]: 1 }, covers: [] };
    const [gone, row] = await here.sealer.seal([remove, { ...op, cells: { title: 'x' } }]);
    // Before the row was seen it waits.
    expect(await there.sealer.open([gone!])).toEqual([]);
    expect((await there.sealer.late()).fragments).toEqual([]);
    expect(await there.sealer.open([row!])).toHaveLength(1);
    const late = await there.sealer.late();
    expect(late.fragments).toMatchObject([{ row: op.row, cells: { [DELETED]: 1 } }]);
    await late.done();
    // In one page it need not, and a row of this device's own is known too.
    const newcomer = await madeDevice(server, account);
    expect(await newcomer.sealer.open([gone!, row!])).toHaveLength(2);
    const owner = await madeDevice(server, account);
    owner.stored.set(`notes ${gone![1]}`, op.row);
    expect(await owner.sealer.open([gone!])).toMatchObject([{ row: op.row }]);
    // Who never had the row has nothing to purge of it.
    const stranger = await madeDevice(server, account);
    const purged = ['notes', gone![1], stamp, { [DELETED]: 1 }, { p: 1 }] as const;
    expect(await stranger.sealer.open([purged])).toEqual([]);
    expect(await stranger.asides.all()).toEqual([]);
  });
});

function randomOf(length: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(length * 0.75));
  for (let at = 0; at < bytes.length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  }
  return bytes;
}
