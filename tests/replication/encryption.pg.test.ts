/** An encrypted account against a real server: what it cannot see, and that nothing is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatHlc } from '../../core/sync/hlc.ts';
import type { PushAnswer, RegisterAnswer } from '../../core/sync/protocol.ts';
import { makeDataKey, proofOfEnd, rewrapped } from '../../workers/replica/sealing/data-key.ts';
import { cheapStretch } from '../../workers/replica/sealing/made-account.ts';
import { tablesHolding } from '../accounts/holdings.ts';
import { openInstallation, type Installation } from '../accounts/installation.ts';
import { openPeople, type People, type Person } from '../accounts/people.ts';
import { enable, openSealingDevice, type SealingDevice } from './sealing-device.ts';

let at: Installation;
let people: People;
const notices: string[] = [];
beforeAll(async () => {
  at = await openInstallation({ OFFING_LOG_LEVEL: 'trace' });
  people = await openPeople(at);
  await at.sql.listen('offing_heads', (notice) => void notices.push(notice));
});
afterAll(async () => {
  await people?.close();
  await at?.close();
});

const passphrase = 'a quiet harbour wall';
const byPassphrase = { slot: 'passphrase', text: passphrase } as const;
const keyOf = ({ userId }: Person) => makeDataKey(userId, passphrase, cheapStretch);
const settled = { kind: 'settled' };
const locked = { kind: 'locked' };

const canaries = ['canary-title', 'canary-row', 'canary-source', 'canary-tag'];
/** Too large for a row, and of a kind that does not pack away. */
const source = Array.from({ length: 4_000 }, (_, i) => `canary-source ${i * 7_919}`).join('\n');

async function writeAll({ writer }: SealingDevice): Promise<void> {
  const put = (collection: string, id: string, fields: Record<string, unknown>) =>
    ({ kind: 'put', collection, id, fields }) as const;
  await writer.write([
    put('notes', 'canary-row', { title: 'canary-title', tags: ['canary-tag'] }),
    put('notes', 'canary-row-gone', { title: 'canary-title' }),
    put('settings', 'canary-row', { value: { $chunks: 'canary-title' } }),
    put('strategies', 'canary-row', { name: 'canary-title', source }),
  ]);
  await writer.write([{ kind: 'remove', collection: 'notes', id: 'canary-row-gone' }]);
  const update = Buffer.from('canary-title of a note').toString('base64');
  for (let i = 0; i < 2; i++) {
    await writer.write([
      { kind: 'append', collection: 'notes', id: 'canary-row', field: 'text', value: update },
    ]);
  }
}

async function synced(...devices: readonly SealingDevice[]): Promise<void> {
  for (const device of devices) expect(await device.sync()).toEqual(settled);
}

describe('an account that switches encryption on', () => {
  test('shows the server none of it any more, and all of it to each of its devices', async () => {
    const person = await people.person();
    const [one, two] = [await openSealingDevice(at, person), await openSealingDevice(at, person)];
    await writeAll(one);
    await synced(one, two);
    const before = await one.rows();
    expect(await two.rows()).toEqual(before);
    // The net has no hole: in clear they are found.
    expect(await tablesHolding(at.sql, canaries)).toEqual(['public.fragments']);
    const log = at.server.errors().length + at.server.output().length;
    notices.length = 0;

    const key = await keyOf(person);
    await enable(one, key);
    expect(await tablesHolding(at.sql, canaries)).toEqual([]);
    await synced(one);
    expect(await two.sync()).toEqual(locked);
    expect(await two.unlock({ ...byPassphrase, text: 'something else' })).toBe(false);
    expect(await two.unlock(byPassphrase)).toBe(true);
    await two.writer.write([
      { kind: 'put', collection: 'notes', id: 'canary-row', fields: { title: 'canary-title 2' } },
    ]);
    await synced(two, one);
    const three = await openSealingDevice(at, person);
    expect(await three.sync()).toEqual(locked);
    expect(await three.unlock({ slot: 'recovery', text: key.recoveryCode })).toBe(true);
    await synced(three);
    const after = await one.rows();
    expect(after['notes canary-row']?.['title']).toBe('canary-title 2');
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(await two.rows()).toEqual(after);
    expect(await three.rows()).toEqual(after);
    for (const device of [one, two, three]) expect(await device.aside()).toEqual([]);

    expect(await tablesHolding(at.sql, canaries)).toEqual([]);
    const { userId } = person;
    const [counts] = await at.sql<{ fragments: number; chunks: number }[]>`
      select (select count(*)::int from fragments where user_id = ${userId}) as fragments,
        (select count(*)::int from chunks where user_id = ${userId}) as chunks`;
    expect(counts!.fragments).toBeGreaterThan(3);
    expect(counts!.chunks).toBeGreaterThan(0);
    const said = (at.server.errors() + at.server.output()).slice(log) + notices.join();
    expect(notices.length).toBeGreaterThan(2);
    for (const canary of [...canaries, key.recoveryCode, passphrase]) {
      expect(said).not.toContain(canary);
    }
    expect(await tablesHolding(at.sql, [key.recoveryCode, passphrase])).toEqual([]);
  });

  test('loses nothing when the device that did it dies at once', async () => {
    const person = await people.person();
    const [one, two] = [await openSealingDevice(at, person), await openSealingDevice(at, person)];
    await writeAll(one);
    await synced(one, two);
    const before = await two.rows();
    await enable(one, await keyOf(person));
    await two.unlock(byPassphrase);
    await synced(two);
    const three = await openSealingDevice(at, person);
    await three.unlock(byPassphrase);
    await synced(three);
    expect(await three.rows()).toEqual(before);
  });

  test('is refused while the device has not everything, and when it was switched meanwhile', async () => {
    const person = await people.person();
    const [one, two] = [await openSealingDevice(at, person), await openSealingDevice(at, person)];
    await synced(one, two);
    await writeAll(one);
    await synced(one);
    const { envelope } = await keyOf(person);
    const behind = { ...(await two.caughtUp()), envelope };
    const refused = await two.who.try('POST', 'encryption.enable', behind);
    expect(refused.failure).toBe('sync.behind');
    const other = { ...(await one.caughtUp()), epoch: 7, envelope };
    expect((await one.who.try('POST', 'encryption.enable', other)).failure).toBe(
      'sync.encryption-changed',
    );
    await synced(two);
    expect(await two.rows()).toEqual(await one.rows());
    const off = { ...(await one.caughtUp()), proof: null };
    expect((await one.who.try('POST', 'encryption.disable', off)).failure).toBe(
      'sync.encryption-changed',
    );
  });

  test('takes nothing in clear from then on', async () => {
    const person = await people.person();
    const one = await openSealingDevice(at, person);
    await synced(one);
    await enable(one, await keyOf(person));
    const { node, nonce, sealing } = await one.who.post<RegisterAnswer & Record<string, unknown>>(
      'replication.register',
      {},
    );
    const hlc = formatHlc({ ms: Date.now(), counter: 0 }, node);
    const answer = await one.who.post<PushAnswer & Record<string, unknown>>('replication.push', {
      ...{ node, nonce, pushNo: 1, unsynced: 0, epoch: sealing.epoch },
      witness: { seq: 0, token: '' },
      ops: [['notes', 'in-clear', hlc, { title: 'in clear' }]],
    });
    expect(answer).toMatchObject({ kind: 'done', outcomes: ['invalid'] });
    expect(await tablesHolding(at.sql, ['in clear'])).toEqual([]);
  });
});

describe('an account that switches encryption off', () => {
  test('is believed where the key proves it, and has everything in clear again', async () => {
    const person = await people.person();
    const [one, two] = [await openSealingDevice(at, person), await openSealingDevice(at, person)];
    await writeAll(one);
    await enableWhenSynced(one, person);
    await two.sync();
    await two.unlock(byPassphrase);
    await synced(two);
    const before = await two.rows();
    await synced(one);
    const { epoch, cursor } = await one.caughtUp();
    const proof = await proofOfEnd(one.keys()!.keys!, person.userId, epoch + 1);
    await one.who.post('encryption.disable', { epoch, cursor, proof });
    await synced(two, one);
    expect(two.keys()).toMatchObject({ keys: null, isClear: true });
    expect(await tablesHolding(at.sql, ['canary-title 3'])).toEqual([]);
    await one.writer.write([
      { kind: 'put', collection: 'notes', id: 'canary-row', fields: { title: 'canary-title 3' } },
    ]);
    await synced(one, two);
    expect(await tablesHolding(at.sql, ['canary-title 3'])).toEqual(['public.fragments']);
    expect(Object.keys(await two.rows())).toEqual(Object.keys(before));
  });

  test('is not believed without: a device sends nothing until its person says so', async () => {
    const person = await people.person();
    const [one, two] = [await openSealingDevice(at, person), await openSealingDevice(at, person)];
    await enableWhenSynced(one, person);
    await two.unlock(byPassphrase);
    await two.writer.write([
      { kind: 'put', collection: 'notes', id: 'a', fields: { title: 'canary-kept-back' } },
    ]);
    await synced(two);
    const { epoch } = await two.caughtUp();
    await one.who.post('encryption.disable', { epoch, cursor: null, proof: null });
    expect(await two.sync()).toEqual(locked);
    expect(await tablesHolding(at.sql, ['canary-kept-back'])).toEqual([]);
    two.acceptClear(epoch + 1);
    await synced(two);
    expect(await tablesHolding(at.sql, ['canary-kept-back'])).toEqual(['public.fragments']);
  });
});

test('another passphrase takes the place of the old one, and another key is refused', async () => {
  const person = await people.person();
  const [one, two] = [await openSealingDevice(at, person), await openSealingDevice(at, person)];
  const key = await enableWhenSynced(one, person);
  const secret = { slot: 'passphrase', text: 'another harbour altogether' } as const;
  const { epoch } = await one.caughtUp();
  const given = { dataKey: key.dataKey, userId: person.userId, secret };
  const envelope = await rewrapped(key.envelope, given, cheapStretch);
  await one.who.post('encryption.rewrap', { epoch, envelope });
  expect(await two.unlock(byPassphrase)).toBe(false);
  expect(await two.unlock(secret)).toBe(true);
  const foreign = { epoch, envelope: (await keyOf(person)).envelope };
  expect((await one.who.try('POST', 'encryption.rewrap', foreign)).failure).toBe(
    'sync.encryption-changed',
  );
});

async function enableWhenSynced(device: SealingDevice, person: Person) {
  await synced(device);
  const key = await keyOf(person);
  await enable(device, key);
  await synced(device);
  return key;
}
