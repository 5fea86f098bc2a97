/** Trials of a search in the kernel's memory: columns kept, conditions as bitsets, runs skimmed. */
import type { RunSettings } from '#core/execution/settings.ts';
import { EXIT_LONG, EXIT_SHORT, type Sizing } from '#core/execution/signals.ts';
import type { RunBrief } from '#core/optimise/run-brief.ts';
import type { MeasuredBars, TrialEngine, TrialSkimmer } from '#core/optimise/trial-engine.ts';
import type { Program } from '#core/rules/program.ts';
import { constantValue, type InputValues } from '#core/rules/constant.ts';
import { openRoom, type ColumnRoom } from './column-room.ts';
import { compileKernel } from './compile.ts';
import { knowsPlan, openPlan, type PlanColumns } from './plan-columns.ts';
import { sendSettings } from './send-settings.ts';
import { placeLevels } from './skim-levels.ts';

/** What one worker's columns may take. */
const MOST_BYTES = 96 * 1024 * 1024;
/** More round trips than this leave the trial to core. */
const MOST_TRIPS = 262_144;
const SPARE_TRIPS = 16;
const TRIP_BYTES = 50;
const HOLD_BYTES = 40;
const BLOCK_BARS = 16;
const BLOCK_BYTES = 64;
/** Vectors may read over the end. */
const SPARE_BYTES = 16;

/** null where this platform has no WebAssembly that will do. */
export function createTrialEngine({ mostBytes = MOST_BYTES } = {}): TrialEngine | null {
  const module = compileKernel();
  if (!module) return null;
  return {
    open(program, bars, { axes, settings }) {
      const room = bars.length > 0 ? openRoom(module, bars) : null;
      if (!room || !knowsPlan(program.plan, room)) return null;
      const varied = axes.map((axis) => axis.name.toLowerCase());
      const plan = openPlan(room, program.plan, { varied, mostBytes });
      return openSkimmer(room, plan, program, settings);
    },
  };
}

function openSkimmer(
  room: ColumnRoom,
  plan: PlanColumns,
  program: Program,
  settings: RunSettings,
): TrialSkimmer | null {
  const { kernel, bars, words, bitsBytes } = room;
  const tripRoom = Math.min(bars.length + SPARE_TRIPS, MOST_TRIPS);
  kernel.placeTrips(room.take(tripRoom * TRIP_BYTES), tripRoom);
  kernel.placeHolds(room.take(tripRoom * HOLD_BYTES));
  kernel.makeBlocks(room.take(Math.ceil(bars.length / BLOCK_BARS) * BLOCK_BYTES + SPARE_BYTES));
  const own = [1, 2, 3, 4, 5].map(() => room.take(bitsBytes));
  const calendars = new Map<MeasuredBars, Calendar>();

  function placeSignals(): number {
    const [longs, shorts, spare, longExits, shortExits] = own as [
      ...[number, number, number, number, number],
    ];
    const { nothing } = room;
    let warmup = 0;
    const at = (node: number) => {
      const made = plan.condition(node);
      warmup = Math.max(warmup, made.warmup);
      return made.at;
    };
    const joined = (held: number, bits: number, to: number) => {
      if (held === nothing) return bits;
      kernel.bitsOr(to, held, bits, words);
      return to;
    };
    const entries = { 1: nothing, [-1]: nothing };
    for (const { side, condition } of program.entries) {
      let bits = at(condition);
      const other = entries[side === 1 ? -1 : 1];
      const to = side === 1 ? longs : shorts;
      if (other !== nothing) {
        const free = entries[side] === nothing ? to : spare;
        kernel.bitsWithout(free, bits, other, words);
        bits = free;
      }
      entries[side] = joined(entries[side], bits, to);
    }
    let [leavesLong, leavesShort] = [nothing, nothing];
    for (const { sides, condition } of program.exits) {
      const bits = at(condition);
      if (sides & EXIT_LONG) leavesLong = joined(leavesLong, bits, longExits);
      if (sides & EXIT_SHORT) leavesShort = joined(leavesShort, bits, shortExits);
    }
    kernel.placeSignals(entries[1], entries[-1], leavesLong, leavesShort);
    return warmup;
  }

  /** As `runKernel` of core goes through the bars. */
  function trade(first: number): 'ran' | 'left' {
    const last = bars.length - 1;
    kernel.forgetTrips();
    kernel.startSkim(Math.min(first, bars.length), settings.cash);
    const end = settings.closeAtEnd ? last : bars.length;
    if (kernel.bar.value < end) kernel.advance(end);
    if (kernel.bar.value < end) return 'left';
    if (settings.closeAtEnd && kernel.bar.value === last) {
      if (settings.fill === 'nextOpen') kernel.dropQueuedEntry();
      kernel.advance(bars.length);
      if (kernel.bar.value < bars.length) return 'left';
      kernel.closeAtOpen(last);
    }
    kernel.endSkim();
    return 'ran';
  }

  return {
    run(inputs: InputValues) {
      plan.begin(inputs);
      const ofSignals = placeSignals();
      const ofLevels = placeLevels(room, plan, program, inputs);
      if (ofLevels === null) return 'left';
      const warmup = Math.min(Math.max(ofSignals, ofLevels), bars.length);
      if (warmup + 1 >= bars.length) return 'short';
      const sizing = sizingOf(program, inputs);
      if (!sizing) return 'left';
      sendSettings(kernel, settings, sizing);
      return trade(warmup + 1);
    },
    measure(stretch) {
      let calendar = calendars.get(stretch);
      if (!calendar) {
        calendar = loadCalendar(room, stretch);
        calendars.set(stretch, calendar);
      }
      const { start, from, to, dayEnds } = stretch;
      const { days, scratch } = calendar;
      const at = kernel.measure(start, from, to, settings.cash, days, dayEnds.length, scratch);
      return briefAt(room, at);
    },
  };
}

/** null where it varies from bar to bar. */
function sizingOf({ size }: Program, inputs: InputValues): Sizing | null {
  switch (size.kind) {
    case 'units':
      return { kind: 'units', units: constantValue(size.amount, inputs) };
    case 'lots':
      return { kind: 'lots', lots: constantValue(size.amount, inputs) };
    case 'equity':
    case 'risk':
      return { kind: size.kind, fraction: constantValue(size.amount, inputs) };
    default:
      return null;
  }
}

interface Calendar {
  readonly days: number;
  readonly scratch: number;
}

function loadCalendar(room: ColumnRoom, { dayEnds }: MeasuredBars): Calendar {
  const days = room.take(dayEnds.byteLength);
  const scratch = room.take(dayEnds.length * 8);
  room
    .bytes(days, dayEnds.byteLength)
    .set(new Uint8Array(dayEnds.buffer, dayEnds.byteOffset, dayEnds.byteLength));
  return { days, scratch };
}

/** In the order in which `assembly/measure.ts` leaves them. */
const briefKeys = [
  'firstEquity',
  'lastEquity',
  'maxDrawdownRatio',
  'firstDayEquity',
  'dailyReturns',
  'meanDailyReturn',
  'dailySquares',
  'dailyCubes',
  'dailyFourths',
  'dailyLossSquares',
  'roundTrips',
  'wins',
  'meanProfit',
  'profitSquares',
  'gains',
  'losses',
] as const satisfies readonly (keyof RunBrief)[];

function briefAt(room: ColumnRoom, at: number): RunBrief {
  const sums = room.numbers(at, briefKeys.length);
  const brief: Partial<Record<keyof RunBrief, number>> = {};
  briefKeys.forEach((key, k) => (brief[key] = sums[k]!));
  return brief as RunBrief;
}
