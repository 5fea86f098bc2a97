/** Other orders of round trips walked by WASM, four at a time; by core where there is none. */
import { walkOrders, type WalkOrders } from '#core/optimise/order-paths.ts';
import { compileModule } from '#workers/kernel/compile-module.ts';
import { PAGE_BYTES } from '#workers/kernel/layout.ts';
import { orderPathsBase64 } from './order-paths.gen.ts';

/** `assembly/order-paths.ts`. */
interface Exports {
  orderPaths(
    factors: number,
    columns: number,
    lowest: number,
    growth: number,
    count: number,
    runs: number,
    seed: number,
  ): void;
}

const LANES = 4;
const DOUBLE_BYTES = 8;
/** What `createRandom` adds to its state for each number. */
const STEP = 0x6d2b79f5;
/** Many calls, as an engine changes to faster code only between two. */
const PATHS_A_CALL = 64;
/** Beyond, a random number times the count has more digits than a double, and core rounds it. */
const MOST_ROUND_TRIPS = 2 ** 20;

/** Equals `walkOrders` of core, bit for bit. */
export function createWalk(): WalkOrders {
  const module = compileModule(orderPathsBase64);
  if (!module) return walkOrders;
  return (factors, runs, seed) =>
    (factors.length > MOST_ROUND_TRIPS ? null : walkInMemory(module, factors, runs, seed)) ??
    walkOrders(factors, runs, seed);
}

/** Null where there is no memory for so much. */
function walkInMemory(
  module: WebAssembly.Module,
  factors: Float64Array,
  runs: number,
  seed: number,
) {
  const count = factors.length;
  const rounded = Math.ceil(runs / LANES) * LANES;
  const lowest = count * DOUBLE_BYTES;
  const growth = lowest + rounded * DOUBLE_BYTES;
  const columns = growth + rounded * DOUBLE_BYTES;
  const memory = reserve(columns + (count + 1) * LANES * DOUBLE_BYTES);
  if (!memory) return null;
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { buffer } = memory;
  new Float64Array(buffer, 0, count).set(factors);
  const { orderPaths } = exports as unknown as Exports;
  for (let run = 0; run < rounded; run += PATHS_A_CALL) {
    const paths = Math.min(PATHS_A_CALL, rounded - run);
    const state = seed + Math.imul(run * (2 * count - 1), STEP);
    const at = run * DOUBLE_BYTES;
    orderPaths(0, columns, lowest + at, growth + at, count, paths, state);
  }
  return {
    falls: new Float64Array(buffer, lowest, runs).map((share) => 1 - share),
    growths: new Float64Array(buffer, growth, runs).slice(),
  };
}

function reserve(bytes: number): WebAssembly.Memory | null {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  } catch {
    return null;
  }
}
