/**
 * Times of fixed width: a date that stays from row to row, known by its bytes, and a clock.
 *
 * In memory, 16 bytes each: at 0 and 16 which bytes of a time stay while the day does, at 32 and
 * 48 which of them are the same in every row, at 64 and 80 those bytes; at 96 which of the 16 from
 * the clock's first digit on are its digits, at 112 what they count from, at 128 what each is at
 * most; at 144 and 160 the bytes of the day that was read last.
 */

const STEADY: usize = 0;
const FIXED: usize = 32;
const BYTES: usize = 64;
const CLOCK: usize = 96;
const SEEN: usize = 144;
const MS_A_DAY: f64 = 86_400_000;
const FIRST_YEAR: i32 = 1700;
const LAST_YEAR: i32 = 2199;

/** Bytes of a time, at most 32. */
export let timeLength: usize = 0;
/** Midnight of the day that was read last, UTC; NaN before the first. */
export let dayMs: f64 = NaN;

let clockAt: i32 = -1;
let yearAt: usize = 0;
let monthAt: usize = 0;
let dayAt: usize = 0;
let offsetMs: f64 = 0;

/** `clock` is where its first digit stands; -1 = there is no clock. */
export function setTime(
  length: usize,
  clock: i32,
  year: usize,
  month: usize,
  day: usize,
  offset: f64,
): void {
  timeLength = length;
  clockAt = clock;
  yearAt = year;
  monthAt = month;
  dayAt = day;
  offsetMs = offset;
  dayMs = NaN;
}

/** Whether the time at `p` is of the day that was read last, and written alike. */
export function isOfDay(p: usize): bool {
  return !isNaN(dayMs) && !differs(p, STEADY, SEEN);
}

/** Whether the 32 bytes at `p` differ from those at `bytes` where those at `mask` are set. */
function differs(p: usize, mask: usize, bytes: usize): bool {
  const first = v128.and(v128.xor(v128.load(p), v128.load(bytes)), v128.load(mask));
  const next = v128.and(v128.xor(v128.load(p, 16), v128.load(bytes, 16)), v128.load(mask, 16));
  return v128.any_true(v128.or(first, next));
}

/** Reads the date; false where it is none. */
export function readDay(p: usize): bool {
  dayMs = NaN;
  if (differs(p, FIXED, BYTES)) return false;
  const century = twoDigits(p + yearAt);
  const ofCentury = twoDigits(p + yearAt + 2);
  const month = twoDigits(p + monthAt);
  const day = twoDigits(p + dayAt);
  if ((century | ofCentury | month | day) < 0) return false;
  const year = century * 100 + ofCentury;
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return false;
  if (day > daysIn(year, month)) return false;
  v128.store(SEEN, v128.load(p));
  v128.store(SEEN, v128.load(p, 16), 16);
  dayMs = <f64>daysSince1970(year, month, day) * MS_A_DAY - offsetMs;
  return true;
}

/** -1 where one of the two is no digit. */
function twoDigits(p: usize): i32 {
  const high = <i32>load<u8>(p) - 48;
  const low = <i32>load<u8>(p, 1) - 48;
  return <u32>high > 9 || <u32>low > 9 ? -1 : high * 10 + low;
}

function daysIn(year: i32, month: i32): i32 {
  if (month === 2) {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Source: Hinnant, chrono-compatible low-level date algorithms, days_from_civil. */
function daysSince1970(year: i32, month: i32, day: i32): i32 {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = marchYear / 400;
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

/** Milliseconds since midnight of the time at `p`; -1 where the clock shows no such time. */
export function clockMs(p: usize): i32 {
  if (clockAt < 0) return 0;
  const characters = i8x16.swizzle(v128.load(p + <usize>clockAt), v128.load(CLOCK));
  const digits = i8x16.sub(characters, v128.load(CLOCK, 16));
  if (!i8x16.all_true(i8x16.le_u(digits, v128.load(CLOCK, 32)))) return -1;
  const pairs = i16x8.add(
    i16x8.mul(v128.and(digits, i16x8.splat(255)), i16x8.splat(10)),
    i16x8.shr_u(digits, 8),
  );
  const four = i64x2.extract_lane(pairs, 0);
  const hour = (<i32>four) & 0xff;
  if (hour > 23) return -1;
  const minute = (<i32>(four >> 16)) & 0xff;
  const second = (<i32>(four >> 32)) & 0xff;
  const hundredths = (<i32>(four >> 48)) & 0xff;
  const thousandth = <i32>i16x8.extract_lane_u(pairs, 4);
  return ((hour * 60 + minute) * 60 + second) * 1000 + hundredths * 10 + thousandth;
}
