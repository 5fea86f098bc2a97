/** What the sealing worker can be asked, over Comlink: all that touches the key of an account. */
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { KeyEnvelope } from '#core/sync/key-envelope.ts';
import type { Sealing } from '#core/sync/protocol.ts';
import type { Secret } from './data-key.ts';

export type { Secret } from './data-key.ts';

/**
 * `clear` not encrypted · `open` encrypted, and the key is here · `locked` encrypted, and it is
 * not · `unproved` the server says that encryption ended, and nothing proves it.
 */
export type SealingStand = 'clear' | 'open' | 'locked' | 'unproved';

export interface SealingView {
  readonly sealing: Sealing;
  readonly stand: SealingStand;
  /** Changes of other devices that will never open. */
  readonly damaged: number;
}

export interface MadeKey {
  readonly envelope: KeyEnvelope;
  /** Grouped; it is nowhere else. */
  readonly recoveryCode: string;
}

/** Of this device, for the server to see that it has everything. */
export interface CaughtUp {
  readonly epoch: number;
  readonly cursor: number;
}

type Answer<T> = Promise<Result<T, Failure>>;

export interface SealingWorker {
  /** Errors: `server.unavailable`, `sync.behind` while the data are nobody's yet. */
  view(): Answer<SealingView>;
  /** A new key, kept in memory until `keep`. */
  make(passphrase: string): Answer<MadeKey>;
  /**
   * Where this device stands, once it has everything that is on the server, the contents of rows
   * among it. `onRatio` hears 0 … 1. Errors: `sync.behind`, `sync.elsewhere` with how many of each
   * collection are not here, `sync.locked`, `store.full`.
   */
  gather(onRatio: (ratio: number) => void): Answer<CaughtUp>;
  /** The key of `make` is the account's now. */
  keep(epoch: number): Answer<'kept'>;
  /** Errors: `sync.passphrase-wrong`, `sync.encryption-changed`, `server.unavailable`. */
  unlock(secret: Secret): Answer<'open'>;
  /** The envelope with another passphrase, and a new recovery code. Errors: as `unlock`. */
  rewrap(secret: Secret, passphrase: string): Answer<MadeKey & { readonly epoch: number }>;
  /** That encryption ends with this epoch is said by who has the key; null without it. */
  proof(epoch: number): Answer<string | null>;
  /** From this epoch on the data go in clear, though nothing proves that they should. */
  acceptClear(epoch: number): Answer<'clear'>;
  lock(): Answer<'locked'>;
}
