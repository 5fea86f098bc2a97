/** What the sealing worker does, over a database and a server. */
import { assert } from '#core/assert.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { recoveryCodeOf, RECOVERY_BYTES } from '#core/sync/key-envelope.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import type { Database } from '#workers/store/database.ts';
import { ownerOf } from '#workers/store/owner.ts';
import { lockKeys } from '#workers/store/sealing-keys.ts';
import { dexieWriter } from '../dexie-writer.ts';
import { replicaServer, type Fetch } from '../transport.ts';
import type { MadeKey, SealingStand, SealingWorker, SealingView } from './api.ts';
import { contentMover } from './contents.ts';
import {
  deviceKeys,
  makeDataKey,
  openEnvelope,
  proofOfEnd,
  randomBytes,
  rewrapped,
  type Secret,
  type Stretch,
} from './data-key.ts';
import { dexieAsides, dexieKeys } from './dexie-shelves.ts';
import { openSealer } from './open-sealer.ts';
import { stretch } from './stretch.ts';
import { askSealing, sealerSources } from './sources.ts';

export interface KeyRoomParts {
  readonly database: Database;
  readonly fetch: Fetch;
  readonly stretched?: Stretch;
}

export function keyRoom({ database, fetch, stretched = stretch }: KeyRoomParts): SealingWorker {
  const keys = dexieKeys(database);
  /** Made and not the account's yet. */
  let made: Uint8Array<ArrayBuffer> | null = null;

  async function owner(): Promise<string> {
    const userId = await ownerOf(database);
    assert(userId !== null, 'only data of an account are sealed');
    return userId;
  }

  /** What the secret opens: the account's key, as the server keeps it now. */
  async function opened(secret: Secret): Promise<Result<OpenedKey, Failure>> {
    const state = await askSealing(fetch);
    if (!state) return fail(unavailable);
    if (!state.envelope || !state.sealing.encrypted) return fail(changed);
    const dataKey = await openEnvelope(state.envelope, await owner(), secret, stretched);
    if (!dataKey) return fail(wrong);
    return ok({ dataKey, envelope: state.envelope, epoch: state.sealing.epoch });
  }

  return {
    async view() {
      const userId = await ownerOf(database);
      // Right after the first sign-in the account has not taken the database yet.
      if (userId === null) return fail(behind);
      // How another account's data are kept says nothing of these.
      const sealing = await replicaServer(fetch).sealing(userId);
      return sealing.ok ? ok(await viewOf(database, sealing.value, userId, fetch)) : sealing;
    },
    async make(passphrase) {
      const { dataKey, ...rest } = await makeDataKey(await owner(), passphrase, stretched);
      made = dataKey;
      return ok(rest);
    },
    gather: (onRatio) => gather(database, fetch, onRatio),
    async keep(epoch) {
      assert(made !== null, 'a key is made before it is kept');
      await keys.write({ epoch, keys: await deviceKeys(made) });
      made = null;
      return ok('kept');
    },
    async unlock(secret) {
      const found = await opened(secret);
      if (!found.ok) return found;
      const { dataKey, epoch } = found.value;
      await keys.write({ epoch, keys: await deviceKeys(dataKey) });
      return ok('open');
    },
    async rewrap(secret, passphrase) {
      const found = await opened(secret);
      if (!found.ok) return found;
      return ok(await wrappedAnew(found.value, await owner(), passphrase, stretched));
    },
    async proof(epoch) {
      const record = await keys.read();
      return ok(record?.keys ? await proofOfEnd(record.keys, await owner(), epoch) : null);
    },
    async acceptClear(epoch) {
      await keys.write({ epoch, keys: null, isClear: true });
      return ok('clear');
    },
    async lock() {
      await lockKeys(database);
      return ok('locked');
    },
  };
}

interface OpenedKey extends Pick<MadeKey, 'envelope'> {
  readonly dataKey: Uint8Array<ArrayBuffer>;
  readonly epoch: number;
}

async function wrappedAnew(
  { dataKey, envelope, epoch }: OpenedKey,
  userId: string,
  passphrase: string,
  stretched: Stretch,
) {
  const recoveryCode = recoveryCodeOf(randomBytes(RECOVERY_BYTES));
  let anew = envelope;
  for (const secret of [
    { slot: 'passphrase', text: passphrase },
    { slot: 'recovery', text: recoveryCode },
  ] as const) {
    anew = await rewrapped(anew, { dataKey, userId, secret }, stretched);
  }
  return { envelope: anew, recoveryCode, epoch };
}

async function viewOf(
  database: Database,
  sealing: Sealing,
  userId: string,
  fetch: Fetch,
): Promise<SealingView> {
  const choice = await openSealer(sealerSources(database, userId, fetch), sealing);
  const asides = await dexieAsides(database).all();
  const isDamaged = ({ reason, epoch }: (typeof asides)[number]) =>
    reason === 'damaged' && epoch === sealing.epoch;
  const open: SealingStand = sealing.encrypted ? 'open' : 'clear';
  return {
    sealing,
    stand: choice.kind === 'ready' ? open : choice.kind,
    damaged: asides.filter(isDamaged).length,
  };
}

async function gather(
  database: Database,
  fetch: Fetch,
  onRatio: (ratio: number) => void,
): ReturnType<SealingWorker['gather']> {
  const { replicaMeta, outbox } = database;
  const sealing = (await replicaMeta.get('sealing'))?.value as Sealing | undefined;
  const userId = await ownerOf(database);
  if (!sealing || userId === null) return fail(behind);
  const choice = await openSealer(sealerSources(database, userId, fetch), sealing);
  if (choice.kind !== 'ready') return fail(locked);
  const mover = contentMover({
    ...{ database, writer: dexieWriter(database) },
    ...{ store: choice, nowMs: Date.now },
  });
  const { missing, isFull } = await mover.gather(onRatio);
  if (isFull) return fail(full);
  if (Object.keys(missing).length > 0) return fail({ ...elsewhere, figures: missing });
  const cursor = (await replicaMeta.get('cursor'))?.value;
  const waiting = (await dexieAsides(database).all()).some(({ reason }) => reason === 'chunks');
  if (typeof cursor !== 'number' || cursor < 0 || waiting) return fail(behind);
  return (await outbox.count()) > 0 ? fail(behind) : ok({ epoch: sealing.epoch, cursor });
}

const unavailable: Failure = { code: 'server.unavailable', detail: 'The server does not answer.' };
const wrong: Failure = { code: 'sync.passphrase-wrong', detail: 'It opens nothing.' };
const locked: Failure = { code: 'sync.locked', detail: 'The key is not on this device.' };
const changed: Failure = { code: 'sync.encryption-changed', detail: 'There is no key to open.' };
const behind: Failure = { code: 'sync.behind', detail: 'Changes wait, or there is more to fetch.' };
const full: Failure = { code: 'store.full', detail: 'There is no room here for all contents.' };
const elsewhere: Failure = { code: 'sync.elsewhere', detail: 'Not all contents could be fetched.' };
