/**
 * Other orders of the same round trips, four paths side by side; the TypeScript twin, which it
 * equals bit for bit, is `core/optimise/order-paths.ts`.
 *
 * Random numbers are `createRandom`: the state is a counter, so any of the sequence can be worked
 * out alone, and four paths at once. A path takes `count - 1` of them to shuffle and `count` to draw.
 */

const STEP: u32 = 0x6d2b79f5;
/** So much above the lowest share no division can come out below it, whatever it rounds. */
const ABOVE: f64 = 1 + 1 / 1_099_511_627_776.0;

/**
 * `factors` are `count` doubles; `columns` has room for four doubles a round trip, `lowest` and
 * `growth` for one double a path, of which there are `runs`, a multiple of four.
 */
export function orderPaths(
  factors: usize,
  columns: usize,
  lowest: usize,
  growth: usize,
  count: i32,
  runs: i32,
  seed: u32,
): void {
  const stepOfPath = <u32>(2 * count - 1) * STEP;
  const steps = i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(<i32>stepOfPath));
  let state = seed + STEP;
  for (let run: usize = 0; run < <usize>runs; run += 4) {
    shuffle(factors, columns, count, i32x4.add(steps, i32x4.splat(<i32>state)));
    const draws = i32x4.add(steps, i32x4.splat(<i32>(state + <u32>(count - 1) * STEP)));
    walk(factors, columns, lowest + (run << 3), growth + (run << 3), count, draws);
    state += 4 * stepOfPath;
  }
}

/** Four numbers of the sequence from their states, 0 … 2³² − 1. */
function mixed(state: v128): v128 {
  let t = i32x4.mul(v128.xor(state, i32x4.shr_u(state, 15)), v128.or(state, i32x4.splat(1)));
  const more = i32x4.mul(v128.xor(t, i32x4.shr_u(t, 7)), v128.or(t, i32x4.splat(61)));
  t = v128.xor(t, i32x4.add(t, more));
  return v128.xor(t, i32x4.shr_u(t, 14));
}

/** floor(number ÷ 2³² × bound), lane by lane. */
function below(numbers: v128, bound: v128): v128 {
  const low = i64x2.extmul_low_i32x4_u(numbers, bound);
  const high = i64x2.extmul_high_i32x4_u(numbers, bound);
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

/** The round trips as they came, four times side by side; then Fisher and Yates in each column. */
function shuffle(factors: usize, columns: usize, count: i32, first: v128): void {
  const end = columns + ((<usize>count) << 5);
  for (let at = columns; at < end; at += 32, factors += 8) {
    const pair = v128.load64_splat(factors);
    v128.store(at, pair);
    v128.store(at, pair, 16);
  }
  const one = i32x4.splat(1);
  const step = i32x4.splat(<i32>STEP);
  const base = i32x4.add(i32x4.splat(<i32>columns), i32x4(0, 8, 16, 24));
  let bound = i32x4.splat(count);
  let states = first;
  for (let at = end - 32; at > columns; at -= 32) {
    // Behind the columns is room to carry the addresses from the vector to the loads.
    v128.store(end, i32x4.add(i32x4.shl(below(mixed(states), bound), 5), base));
    states = i32x4.add(states, step);
    bound = i32x4.sub(bound, one);
    swap(at, <usize>load<u32>(end));
    swap(at + 8, <usize>load<u32>(end, 4));
    swap(at + 16, <usize>load<u32>(end, 8));
    swap(at + 24, <usize>load<u32>(end, 12));
  }
}

function swap(a: usize, b: usize): void {
  const held = load<f64>(a);
  store<f64>(a, load<f64>(b));
  store<f64>(b, held);
}

/** Money ÷ its peak at its lowest in the order of the columns, and its growth in draws. */
function walk(
  factors: usize,
  columns: usize,
  lowest: usize,
  growth: usize,
  count: i32,
  first: v128,
): void {
  const step = i32x4.splat(<i32>STEP);
  const bound = i32x4.splat(count);
  const base = i32x4.splat(<i32>factors);
  const margin = f64x2.splat(ABOVE);
  const one = f64x2.splat(1);
  let states = first;
  let value0 = one;
  let value1 = one;
  let peak0 = one;
  let peak1 = one;
  let lowest0 = one;
  let lowest1 = one;
  let limit0 = margin;
  let limit1 = margin;
  let growth0 = one;
  let growth1 = one;
  const end = columns + ((<usize>count) << 5);
  for (let at = columns; at < end; at += 32) {
    v128.store(end, i32x4.add(i32x4.shl(below(mixed(states), bound), 3), base));
    states = i32x4.add(states, step);
    value0 = f64x2.mul(value0, v128.load(at));
    value1 = f64x2.mul(value1, v128.load(at, 16));
    peak0 = f64x2.pmax(peak0, value0);
    peak1 = f64x2.pmax(peak1, value1);
    const lower = v128.or(
      f64x2.le(value0, f64x2.mul(peak0, limit0)),
      f64x2.le(value1, f64x2.mul(peak1, limit1)),
    );
    if (v128.any_true(lower)) {
      lowest0 = f64x2.pmin(lowest0, f64x2.div(value0, peak0));
      lowest1 = f64x2.pmin(lowest1, f64x2.div(value1, peak1));
      limit0 = f64x2.mul(lowest0, margin);
      limit1 = f64x2.mul(lowest1, margin);
    }
    growth0 = f64x2.mul(growth0, pair(load<u32>(end), load<u32>(end, 4)));
    growth1 = f64x2.mul(growth1, pair(load<u32>(end, 8), load<u32>(end, 12)));
  }
  v128.store(lowest, lowest0);
  v128.store(lowest, lowest1, 16);
  v128.store(growth, growth0);
  v128.store(growth, growth1, 16);
}

function pair(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}
