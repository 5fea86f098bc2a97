/** A 32-bit checksum by words: any one damaged word is always noticed, more with odds of 2⁻³². */

/**
 * Checksum of `bytes` from `from` to the end; both that and the length are multiples of four.
 *
 * Each step is a bijection of the running value for a given word, and of the word for a given
 * running value, so a change in a single word cannot cancel out. Constants of MurmurHash3.
 */
export function checksum(bytes: Uint8Array, from: number): number {
  const words = wordsOf(bytes, from);
  let a = 0x9747b28c;
  let b = 0x3c6ef372;
  const pairs = words.length & ~1;
  // Two lanes, so that one multiplication need not wait for the other.
  for (let i = 0; i < pairs; i += 2) {
    a = Math.imul(a ^ words[i]!, 0xcc9e2d51);
    a ^= a >>> 15;
    b = Math.imul(b ^ words[i + 1]!, 0x1b873593);
    b ^= b >>> 13;
  }
  if (pairs < words.length) a = Math.imul(a ^ words[pairs]!, 0x85ebca6b);
  let h = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 16), 0xc2b2ae35);
  h = Math.imul(h ^ words.length, 0x27d4eb2f);
  return (h ^ (h >>> 15)) >>> 0;
}

function wordsOf(bytes: Uint8Array, from: number): Int32Array {
  const start = bytes.byteOffset + from;
  const length = (bytes.length - from) >>> 2;
  if (start % 4 === 0) return new Int32Array(bytes.buffer, start, length);
  return new Int32Array(bytes.slice(from).buffer, 0, length);
}
