/**
 * The numbers 0 … count − 1 in an order drawn from a seed, each once, without a list of them.
 *
 * A Feistel network over the next even power of two; what falls outside is walked on until it is
 * inside. So any place of the order is found alone, by whichever worker asks. Source: Black and
 * Rogaway 2002, Ciphers with Arbitrary Finite Domains, "cycle-walking cipher".
 */
import { assert } from '../assert.ts';

const ROUNDS = 6;

export function permuted(count: number, seed: number, place: number): number {
  assert(place >= 0 && place < count && count <= 2 ** 50, 'the place lies in the order');
  let half = 1;
  while (4 ** half < count) half++;
  const size = 2 ** half;
  let number = place;
  do {
    let left = Math.floor(number / size);
    let right = number % size;
    for (let round = 0; round < ROUNDS; round++) {
      const next = (left ^ (mix(right, seed, round) % size)) >>> 0;
      left = right;
      right = next;
    }
    number = left * size + right;
  } while (number >= count);
  return number;
}

/** An unsigned 32-bit word; the finaliser of MurmurHash3 over its three arguments. */
function mix(value: number, seed: number, round: number): number {
  let h = (value ^ Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(round + 1, 0x85ebca77)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
