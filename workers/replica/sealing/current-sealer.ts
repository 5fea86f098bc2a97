/** The sealer that a replica uses now, opened anew when its keys or the way data are kept change. */
import { assert } from '#core/assert.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import { openSealer, type SealerChoice, type SealerSources } from './open-sealer.ts';
import type { Sealer } from './sealer.ts';

type Ready = Extract<SealerChoice, { kind: 'ready' }>;

export interface CurrentSealer {
  /** Of the last `open` that was not `locked`. */
  current(): Sealer;
  open(sealing: Sealing): Promise<Sealer | 'locked'>;
  /** Where large contents lie; null while locked. */
  store(): Pick<Ready, 'box' | 'keyId'> | null;
}

export function currentSealer(sources: SealerSources): CurrentSealer {
  let ready: Ready | null = null;
  return {
    current() {
      assert(ready !== null, 'a sealer is opened before it is used');
      return ready.sealer;
    },
    async open(sealing) {
      // What a sealer has learned of rows is worth keeping while its key is still on the device.
      if (ready && ready.sealer.epoch === sealing.epoch && (await isStillOpen(sources, sealing))) {
        return ready.sealer;
      }
      const choice = await openSealer(sources, sealing);
      ready = choice.kind === 'ready' ? choice : null;
      return ready?.sealer ?? 'locked';
    },
    store: () => ready,
  };
}

async function isStillOpen({ keys }: SealerSources, sealing: Sealing): Promise<boolean> {
  const record = await keys.read();
  if (!sealing.encrypted) return !record || record.isClear === true;
  return record?.epoch === sealing.epoch && record.keys !== null;
}
