/** A worker that makes and opens the key of the account's data, whose crash settles what was asked. */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import type { SealingWorker } from '#workers/replica/sealing/api.ts';
import { openRoom } from '../state/open-room.ts';

/** A crash is the failure `work.crashed`. */
export interface SealingRoom extends SealingWorker {
  end(): void;
}

export function openSealingRoom(): SealingRoom {
  const worker = openRoom('sealing');
  const remote = Comlink.wrap<SealingWorker>(worker);
  let settle: (result: Result<never, Failure>) => void = () => undefined;
  const ended = new Promise<Result<never, Failure>>((resolve) => {
    settle = resolve;
  });
  const crashed = (detail: string) => settle(fail({ code: 'work.crashed', detail }));
  worker.addEventListener('error', ({ message }) => crashed(message || 'it did not start'));
  function either<T>(answer: Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    answer.catch((cause: unknown) => crashed(String(cause)));
    return Promise.race([ended, answer.catch(() => ended)]);
  }
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
    end() {
      worker.terminate();
      settle(fail({ code: 'work.cancelled', detail: 'the worker was ended' }));
    },
  };
}
