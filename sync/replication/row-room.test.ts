/** A row that takes more and more stops growing before it would fill the server's memory. */
import { expect, test } from 'vitest';
import { faultOfFragment } from '#core/sync/acceptance.ts';
import { bucketOf } from '#core/sync/digest.ts';
import type { Cells, WireFragment } from '#core/sync/fragment.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import type { Outcome } from '#core/sync/protocol.ts';
import { memoryServer } from '../../tests/simulation/server-store.ts';
import { bucket } from './comparison.ts';
import { push, register, type ExchangeNeeds } from './exchange.ts';
import { MOST_ROW_BYTES } from './row-room.ts';

const userId = 'trader';
const nowMs = 1_700_000_000_000;

async function account() {
  let count = 0;
  const server = memoryServer();
  const needs: ExchangeNeeds = {
    nowMs: () => nowMs,
    randomToken: () => `t${count++}`,
    randomNode: () => 'aaaaaa',
    limits: { quotaBytes: 1e9, aheadMs: 60_000 },
    faultOfFragment,
  };
  const { node, ...registered } = await register(server, needs, userId);
  let { nonce } = registered;
  const known = { node, epoch: 1, witness: { seq: 0, token: '' } };
  return {
    server,
    op: (row: string, cells: Cells): WireFragment => [
      'settings',
      row,
      formatHlc({ ms: nowMs, counter: count++ }, node),
      cells,
    ],
    async push(ops: readonly WireFragment[]): Promise<readonly Outcome[]> {
      const request = { ...known, pushNo: 1, nonce, unsynced: 0, ops };
      const answer = await push(server, needs, userId, request);
      if (answer.kind !== 'done') throw new Error(answer.kind);
      ({ nonce } = answer);
      return answer.outcomes;
    },
    bucketOf: (row: string) =>
      bucket(server, needs, userId, { ...known, collection: 'settings', bucket: bucketOf(row) }),
    /** As if what is there were so large. */
    swell(bytesOf: (row: string) => number) {
      const { data } = server;
      const fragments = data.fragments.map((each) => ({ ...each, bytes: bytesOf(each.row) }));
      const bytes = fragments.reduce((sum, each) => sum + each.bytes, 0);
      server.restore({ ...data, fragments, head: { ...data.head, bytes } });
    },
  };
}

test('a full row takes nothing but its deletion, and the rows beside it take everything', async () => {
  const { op, push, swell } = await account();
  await push([op('full', { value: 1 }), op('other', { value: 1 })]);
  swell((row) => (row === 'full' ? MOST_ROW_BYTES + 1 : MOST_ROW_BYTES));
  const changes = [op('full', { value: 2 }), op('other', { value: 2 }), op('new', { value: 2 })];
  expect(await push(changes)).toEqual(['quota', 'ok', 'ok']);
  expect(await push([op('full', { _del: 1 })])).toEqual(['ok']);
});

test('rows that together are too large to be read at once take their changes one after another', async () => {
  const { op, push, swell } = await account();
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
  await push(rows.map((row) => op(row, { value: 1 })));
  swell(() => MOST_ROW_BYTES);
  const changes = rows.map((row) => op(row, { value: 2 }));
  expect(await push(changes)).toEqual(['ok', 'ok', 'ok', 'ok', 'quota', 'quota']);
  expect(await push(changes.slice(4))).toEqual(['ok', 'ok']);
});

test('a bucket that one answer cannot hold is refused, and is not cut short', async () => {
  const { op, push, swell, bucketOf: ask } = await account();
  await push([op('a', { value: 1 })]);
  expect(await ask('a')).toMatchObject({ ok: true, value: { fragments: [expect.anything()] } });
  swell(() => 4 * MOST_ROW_BYTES + 1);
  expect(await ask('a')).toMatchObject({ ok: false, error: { code: 'server.request-too-large' } });
});
