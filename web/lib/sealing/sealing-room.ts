/** A worker that makes and opens the key of the account's data, whose crash settles what was asked. */
import * as Comlink from 'comlink';
import type { SealingWorker } from '#workers/replica/sealing/api.ts';
import { openRoom } from '../state/open-room.ts';
import { roomAnswers } from '../state/room-answers.ts';

/** A crash is the failure `work.crashed`. */
export interface SealingRoom extends SealingWorker {
  end(): void;
}

export function openSealingRoom(): SealingRoom {
  const worker = openRoom('sealing');
  const remote = Comlink.wrap<SealingWorker>(worker);
  const { either, end } = roomAnswers(worker);
  return {
    view: () => either(remote.view()),
    make: (passphrase) => either(remote.make(passphrase)),
    gather: (onRatio) => either(remote.gather(Comlink.proxy(onRatio))),
    keep: (epoch) => either(remote.keep(epoch)),
    unlock: (secret) => either(remote.unlock(secret)),
    rewrap: (secret, passphrase) => either(remote.rewrap(secret, passphrase)),
    proof: (epoch) => either(remote.proof(epoch)),
    acceptClear: (epoch) => either(remote.acceptClear(epoch)),
    lock: () => either(remote.lock()),
    end,
  };
}
