/** A server that was restored from a backup: what a replica believes of answers before and after. */
import { beforeEach, expect, test } from 'vitest';
import { toWire, type Fragment } from '#core/sync/fragment.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import { memoryReplica, type MemoryReplica } from '../../tests/simulation/replica-store.ts';
import { replicaEngine, type Bucket, type ReplicaEngine } from './engine.ts';
import { replicaWriter, type Writer } from './writer.ts';

const nowMs = 1_750_000_000_000;
const atFirst = { seq: 0, token: '' };
const hlc = formatHlc({ ms: nowMs - 9, counter: 0 }, 'theirs');
const row = { collection: 'watchlist', row: 'a', hlc, schemaVersion: 1 };
const text = { ...row, collection: 'notes', row: 'n', cells: { 'text.a': 'words' } };
let store: MemoryReplica;
let engine: ReplicaEngine;
let writer: Writer;

beforeEach(async () => {
  store = memoryReplica();
  const chance = { nowMs: () => nowMs, random: () => 0.5 };
  const clear = {
    epoch: 1,
    seal: async (ops: readonly Fragment[]) => ops.map(toWire),
    bytesOf: () => 100,
    idOf: (_: string, id: string) => id,
    cellOf: (_: string, cell: string) => cell,
  };
  engine = replicaEngine({ store, sealer: () => clear, ...chance });
  writer = replicaWriter(store, { ...chance, isOwned: () => true });
  const sealing = { epoch: 1, encrypted: false };
  await engine.onRegister({ node: 'ours00', nonce: 'n0', nowMs, sealing });
  await engine.onBootstrapKept({ head: 0, witness: atFirst });
});

const waiting = () => [...store.data.outbox.values()];

async function pulled(seq: number, ...fragments: Fragment[]): Promise<void> {
  const witness = { seq, token: 'restored' };
  const page = { kind: 'page', fragments: [], cursor: seq, head: seq, witness, nowMs } as const;
  await engine.onPull(await engine.nextPull(100), page, fragments);
}

test('a restored server is read from the beginning, and given what it lacks with its stamps', async () => {
  await pulled(1, { ...row, cells: { note: 'lost', list: 'kept' } });
  const request = await engine.nextPull(100);
  expect(await engine.onPull(request, { kind: 'reset', nowMs }, [])).toBe('reset');
  expect(await engine.nextPull(100)).toMatchObject({ cursor: 0, witness: atFirst });
  expect((await engine.state()).isRepairDue).toBe(true);
  const asked = await engine.nextDigest();
  const differing = await engine.onDigest(asked, { kind: 'digest', head: 1, sums: {}, nowMs });
  expect(differing).toHaveLength(1);
  const bucket = (differing as readonly Bucket[])[0]!;
  const wanted = await engine.nextBucket(bucket);
  const held = { ...row, cells: { list: 'kept' } };
  const answer = { kind: 'bucket', fragments: [], head: 1, nowMs } as const;
  expect(await engine.onBucket(bucket, wanted, answer, [held])).toBe('done');
  expect(waiting()).toMatchObject([{ row: 'a', cells: { note: 'lost' }, hlc: held.hlc }]);
  expect(await engine.endRepair(asked)).toBe('done');
  expect((await engine.state()).isRepairDue).toBe(false);
});

const digest = { kind: 'digest', head: 1, sums: {}, nowMs } as const;
const note = () => store.data.rows.get('notes')?.get('n')?.cells;

test('a restored server is compared with whatever another tab was about to end when that was seen', async () => {
  const asked = await engine.nextDigest();
  expect(await engine.onDigest(asked, digest)).toEqual([]);
  await engine.onPull(await engine.nextPull(100), { kind: 'reset', nowMs }, []);
  expect(await engine.endRepair(asked)).toBe('stale');
  expect(await engine.onDigest(asked, digest)).toBe('stale');
  expect((await engine.state()).isRepairDue).toBe(true);
});

test('no text is taken away by an answer that is older than what was heard since', async () => {
  await engine.endRepair(await engine.nextDigest());
  await pulled(1, text);
  const differing = await engine.onDigest(await engine.nextDigest(), digest);
  const bucket = (differing as readonly Bucket[])[0]!;
  const wanted = await engine.nextBucket(bucket);
  await pulled(2, { ...row, cells: { note: 'later' } });
  const answer = { kind: 'bucket', fragments: [], head: 1_000, nowMs } as const;
  expect(await engine.onBucket(bucket, wanted, answer, [])).toBe('stale');
  expect(note()).toEqual(text.cells);
  const again = await engine.nextBucket(bucket);
  expect(await engine.onBucket(bucket, again, answer, [])).toBe('done');
  expect(note()).toEqual({});
});

test.each([
  ['before a pull', { seq: 11, token: 'before' }, false],
  ['beside another of the same number', { seq: 12, token: 'before' }, true],
])('a server is given again what it answers to have taken %s', async (_, witness, isRepairDue) => {
  await engine.endRepair(await engine.nextDigest());
  await writer.write([{ kind: 'put', collection: 'watchlist', id: 'a', fields: { note: 'ours' } }]);
  const request = (await engine.nextPush())!;
  await pulled(12);
  const taken = { kind: 'done', outcomes: ['ok'], nonce: 'n2', nowMs } as const;
  expect(await engine.onPush(request, { ...taken, witness })).toBe('stale');
  expect((await engine.nextPush())!.ops).toEqual(request.ops);
  expect(waiting()).toHaveLength(1);
  expect((await engine.state()).isRepairDue).toBe(isRepairDue);
});
