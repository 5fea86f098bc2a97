/** What of a strategy cannot be had at a broker as the backtest has it: refused at the start. */
import type { AccountMode } from '../broker/book.ts';
import type { Failure } from '../errors.ts';
import type { RunSettings } from '../execution/settings.ts';
import { fail, ok, type Result } from '../result.ts';
import { compileRules, longestSource } from '../rules/compile.ts';
import { inputValues } from '../rules/input-values.ts';
import type { Program } from '../rules/program.ts';

export const untranslatable = [
  'other-symbols',
  'many-cancel-others',
  'many-orders',
  'hedging-on-netting',
  'netting-on-hedging',
  'several-on-netting',
  'care-of-a-growing-net',
] as const;
export type Untranslatable = (typeof untranslatable)[number];

/** A program that a bot can trade. Errors: `rules.*`, `run.input-*`, `bot.untranslatable`. */
export function botProgram(
  strategy: {
    readonly source: string;
    readonly inputs: Readonly<Record<string, number>>;
    readonly settings: RunSettings;
  },
  mode: AccountMode,
): Result<Program, Failure> {
  const { source, inputs, settings } = strategy;
  if (source.length > longestSource) {
    const figures = { characters: source.length, most: longestSource };
    return fail({ code: 'rules.too-long', detail: 'The rule text is too long.', figures });
  }
  const { program, problems } = compileRules(source);
  if (!program) {
    const detail = problems.map(({ line, column, reason }) => `${line}:${column} ${reason}`);
    return fail({ code: 'rules.invalid', detail: detail.join('\n') });
  }
  const values = inputValues(program, inputs);
  if (!values.ok) return values;
  const [what] = leftOut(program, settings, mode);
  return what === undefined ? ok(program) : fail(refusal(what));
}

/** Why settings, whatever trades by them, cannot be had at the broker; null = they can. */
export function notAtBroker(settings: RunSettings, mode: AccountMode): Failure | null {
  const [what] = settingsLeftOut(settings, mode);
  return what === undefined ? null : refusal(what);
}

export function refusal(what: Untranslatable): Failure {
  const detail = `A bot cannot trade this: ${what}.`;
  return { code: 'bot.untranslatable', detail, figures: { what } };
}

function settingsLeftOut({ positions }: RunSettings, mode: AccountMode): readonly Untranslatable[] {
  if (positions === 'hedging' && mode === 'netting') return ['hedging-on-netting'];
  return positions === 'netting' && mode === 'hedging' ? ['netting-on-hedging'] : [];
}

function leftOut(
  { symbols, orders, entries }: Program,
  settings: RunSettings,
  mode: AccountMode,
): readonly Untranslatable[] {
  const { positions } = settings;
  const pending = entries.filter(({ order }) => order.kind !== 'market').length;
  const hasCare = [orders.trailing, orders.breakEven, orders.partials[0]].some(Boolean);
  const isNetting = mode === 'netting';
  const all: Readonly<Partial<Record<Untranslatable, boolean>>> = {
    'other-symbols': symbols.length > 0,
    'many-orders': false,
    'many-cancel-others': orders.oneCancelsOther && pending > 2,
    'care-of-a-growing-net': positions === 'netting' && orders.maxPositions !== null && hasCare,
    'several-on-netting': positions === 'single' && isNetting && orders.maxPositions !== null,
  };
  const bySettings = settingsLeftOut(settings, mode);
  return untranslatable.filter((what) => all[what] ?? bySettings.includes(what));
}
