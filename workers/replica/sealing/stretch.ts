/** Makes a passphrase dear to guess: apart, since it is large and needed where one is typed alone. */
import { argon2id } from '@noble/hashes/argon2.js';
import { passphraseCost } from '#core/sync/key-envelope.ts';
import type { Stretch } from './data-key.ts';

/** Argon2id of `passphraseCost`. */
export const stretch: Stretch = (passphrase, salt) =>
  argon2id(passphrase.normalize('NFKC'), salt, passphraseCost);
