/** What has been gathered of a program while its statements are read. */
import { EXIT_LONG, EXIT_SHORT } from '../execution/signals.ts';
import type { Requirement } from './constant.ts';
import type { EntryOrderRule, OrderRules } from './order-rules.ts';
import type { Level, Levels, Program, ProgramInput, SizePlan } from './program.ts';
import type { Scope } from './scope.ts';
import type { Side, Span } from './syntax.ts';

type LevelKind = 'stop' | 'target';

export interface Draft {
  readonly inputs: ProgramInput[];
  readonly entered: Set<Side>;
  readonly entries: {
    readonly side: Side;
    readonly condition: number;
    readonly order: EntryOrderRule;
  }[];
  readonly exits: { readonly side: Side | null; readonly condition: number; readonly at: Span }[];
  /** `level` is null where it has been reported. */
  readonly levels: {
    readonly kind: LevelKind;
    readonly side: Side;
    readonly level: Level | null;
    readonly at: Span;
  }[];
  readonly named: Program['named'][number][];
  size: { readonly plan: SizePlan | null; readonly at: Span } | null;
  readonly orders: OrderDraft;
  /** Places that speak of R, which is the distance of the stop. */
  readonly needStop: Span[];
}

type OrderDraft = {
  -readonly [Key in Exclude<keyof OrderRules, 'partials' | 'oneCancelsOther'>]: OrderRules[Key];
} & { readonly partials: OrderRules['partials'][number][]; cancelAt: Span | null };

export function createDraft(): Draft {
  return {
    inputs: [],
    entered: new Set(),
    entries: [],
    exits: [],
    levels: [],
    named: [],
    size: null,
    orders: {
      targetR: null,
      trailing: null,
      breakEven: null,
      partials: [],
      exitAfterBars: null,
      maxPositions: null,
      cancelAt: null,
    },
    needStop: [],
  };
}

const allEquity: SizePlan = { kind: 'equity', amount: { kind: 'number', value: 1 } };

/** The program of a draft in which nothing was wrong. */
export function finishDraft(
  scope: Scope,
  draft: Draft,
  requirements: readonly Requirement[],
): Program {
  return {
    source: scope.source,
    inputs: draft.inputs.map((input) =>
      scope.wholeInputs.has(input.name.toLowerCase()) ? { ...input, integer: true } : input,
    ),
    plan: scope.plan.nodes(),
    frames: scope.plan.frames(),
    symbols: [...new Set(scope.plan.frames().flatMap(({ symbol }) => symbol ?? []))],
    ...orderingOf(draft),
    exits: draft.exits.map(({ side, condition }) => ({
      sides: (side === 'short' ? 0 : EXIT_LONG) | (side === 'long' ? 0 : EXIT_SHORT),
      condition,
    })),
    stop: levelsOf(draft, 'stop'),
    target: levelsOf(draft, 'target'),
    requirements,
    named: draft.named,
  };
}

/** Entries, orders and size of a draft. */
export function orderingOf({
  entries,
  orders: { cancelAt, ...orders },
  size,
}: Draft): Pick<Program, 'entries' | 'orders' | 'size'> {
  return {
    entries: entries.map((entry) => ({ ...entry, side: entry.side === 'long' ? 1 : -1 })),
    orders: { ...orders, oneCancelsOther: cancelAt !== null },
    size: size?.plan ?? allEquity,
  };
}

function levelsOf(draft: Draft, kind: LevelKind): Levels | null {
  const find = (side: Side): Level | null =>
    draft.levels.find((one) => one.kind === kind && one.side === side)?.level ?? null;
  const levels = { long: find('long'), short: find('short') };
  return levels.long || levels.short ? levels : null;
}
