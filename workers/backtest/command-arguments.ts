/** The arguments of `npm run backtest`: which files, and how to answer. */
import { fail, ok, type Result } from '#core/result.ts';
import { nearestName } from '#core/rules/nearest-name.ts';

export const usage = `Usage: npm run -s backtest -- --bars FILE --strategy FILE [--settings FILE] [--json]

  --bars FILE      prices: MT5, Dukascopy, HistData, TradingView, Yahoo or plain CSV, .gz too
  --strategy FILE  the rule text
  --settings FILE  JSON: cash, commission, spread, margin, fill, units, exclusive, closeAtEnd,
                   rounding, contractSize, inputs; what is left out has a default
  --json           statistics and round trips as JSON
  --help           this text
`;

export interface BacktestArguments {
  readonly bars: string;
  readonly strategy: string;
  readonly settings: string | null;
  readonly json: boolean;
}

const files = ['--bars', '--strategy', '--settings'];
const flags = ['--json', '--help'];

/** The arguments, `help` where that is asked for, or what is wrong with them. */
export function parseArguments(
  args: readonly string[],
): Result<BacktestArguments | 'help', string> {
  const given = new Map<string, string>();
  for (let k = 0; k < args.length; k++) {
    const [name, ...attached] = args[k]!.split('=') as [string, ...string[]];
    if (given.has(name)) return fail(`${name} is given twice.`);
    if (flags.includes(name) && attached.length === 0) {
      given.set(name, '');
    } else if (files.includes(name)) {
      const value = attached.length > 0 ? attached.join('=') : args[++k];
      if (!value || value.startsWith('--')) return fail(`${name} needs a file.`);
      given.set(name, value);
    } else {
      const near = nearestName(name.slice(0, 40), [...files, ...flags]);
      const hint = near ? `did you mean ${near}?` : 'try --help.';
      return fail(`${name} is not an option; ${hint}`);
    }
  }
  if (given.has('--help')) return ok('help');
  const bars = given.get('--bars');
  const strategy = given.get('--strategy');
  if (!bars || !strategy)
    return fail(`${bars ? '--strategy' : '--bars'} FILE is missing; try --help.`);
  return ok({
    bars,
    strategy,
    settings: given.get('--settings') ?? null,
    json: given.has('--json'),
  });
}
