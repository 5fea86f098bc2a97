/**
 * Natural logarithm and exponential made of plain arithmetic alone.
 *
 * `Math.log` and `Math.exp` may differ in the last digit from one engine to the next, and a run
 * must give the same hash in all of them. These are off by at most about a unit in the last place.
 */

const bits = new DataView(new ArrayBuffer(8));
const ln2 = 0.6931471805599453;
/** ln 2 in two parts, the first with so few digits that its product with an exponent is exact. */
const ln2High = 0.69314718036912381649;
const ln2Low = 1.90821492927058770002e-10;

/**
 * Natural logarithm of a positive finite number.
 *
 * With x = 2^k × m and s = (m − 1) ÷ (m + 1), ln m = 2 (s + s³ ÷ 3 + s⁵ ÷ 5 + …); m lies between
 * √½ and √2, so that eleven terms are enough. Anything not above 0 gives −Infinity.
 */
export function naturalLog(x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? NaN : -Infinity;
  if (x === Infinity) return x;
  let exponent = 0;
  let value = x;
  if (value < 2 ** -1022) {
    value *= 2 ** 54;
    exponent = -54;
  }
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  exponent += (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  // A loop would divide on each turn: written out, the shares are constants.
  let series = 1 / 19 + z * (1 / 21);
  series = 1 / 15 + z * (1 / 17 + z * series);
  series = 1 / 11 + z * (1 / 13 + z * series);
  series = 1 / 7 + z * (1 / 9 + z * series);
  series = 1 / 3 + z * (1 / 5 + z * series);
  // ln m = f − s (f − 2 s² × series): the large part of the sum is exact.
  return exponent * ln2High + (f - (s * (f - 2 * z * series) - exponent * ln2Low));
}

/** e to the power of `x`; 0 far below, Infinity far above. */
export function exponential(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.78) return Infinity;
  if (x < -745) return 0;
  const exponent = Math.round(x / ln2);
  const rest = x - exponent * ln2High - exponent * ln2Low;
  let series = 1 / 479_001_600 + rest * (1 / 6_227_020_800 + rest * (1 / 87_178_291_200));
  series = 1 / 3_628_800 + rest * (1 / 39_916_800 + rest * series);
  series = 1 / 40_320 + rest * (1 / 362_880 + rest * series);
  series = 1 / 720 + rest * (1 / 5040 + rest * series);
  series = 1 / 24 + rest * (1 / 120 + rest * series);
  series = 1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * series)));
  const half = exponent >> 1;
  return series * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/** Exactly 2 to the power of a whole number from −1022 to 1023. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
