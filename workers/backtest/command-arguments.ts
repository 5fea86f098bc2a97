/** The arguments of `npm run backtest`: which files, and how to answer. */
import { fail, ok, type Result } from '#core/result.ts';
import { nearestName } from '#core/rules/nearest-name.ts';

export const usage = `Usage: npm run -s backtest -- --bars FILE --strategy FILE [options]

  --bars FILE       prices: MT5, Dukascopy, HistData, TradingView, Yahoo or plain CSV, .gz too
  --strategy FILE   the rule text, or TypeScript in a file that ends in .ts
  --settings FILE   JSON: cash, commission, spread, slippage, swap, margin, stopOut, fill, path,
                    units, volume, positions, sides, exclusive, closeAtEnd, rounding,
                    contractSize, inputs; what is left out has a default
  --inner FILE      bars of a shorter timeframe, walked inside the bars: path "lowerTimeframe"
  --ticks FILE      ticks, walked inside the bars: path "ticks"
  --portfolio FILE  prices that the same rules trade beside the first, on the same account
  --companion FILE  bars of another symbol that the rules read
  --json            statistics and round trips as JSON
  --help            this text

--inner, --ticks, --portfolio and --companion may be given several times, once for each symbol,
which is told by the name of the file.
`;

export interface BacktestArguments {
  readonly bars: string;
  readonly strategy: string;
  readonly settings: string | null;
  readonly inner: readonly string[];
  readonly ticks: readonly string[];
  readonly portfolio: readonly string[];
  readonly companion: readonly string[];
  readonly json: boolean;
}

const files = ['--bars', '--strategy', '--settings'];
const manyFiles = ['--inner', '--ticks', '--portfolio', '--companion'];
const flags = ['--json', '--help'];

/** The arguments, `help` where that is asked for, or what is wrong with them. */
export function parseArguments(
  args: readonly string[],
): Result<BacktestArguments | 'help', string> {
  const given = new Map<string, string[]>();
  for (let k = 0; k < args.length; k++) {
    const [name, ...attached] = args[k]!.split('=') as [string, ...string[]];
    const before = given.get(name);
    if (before && !manyFiles.includes(name)) return fail(`${name} is given twice.`);
    if (flags.includes(name) && attached.length === 0) {
      given.set(name, []);
    } else if (files.includes(name) || manyFiles.includes(name)) {
      const value = attached.length > 0 ? attached.join('=') : args[++k];
      if (!value || value.startsWith('--')) return fail(`${name} needs a file.`);
      given.set(name, [...(before ?? []), value]);
    } else {
      const near = nearestName(name.slice(0, 40), [...files, ...manyFiles, ...flags]);
      const hint = near ? `did you mean ${near}?` : 'try --help.';
      return fail(`${name} is not an option; ${hint}`);
    }
  }
  return given.has('--help') ? ok('help') : argumentsOf(given);
}

function argumentsOf(given: ReadonlyMap<string, readonly string[]>) {
  const many = (name: string) => given.get(name) ?? [];
  const one = (name: string) => many(name)[0];
  const bars = one('--bars');
  const strategy = one('--strategy');
  if (!bars || !strategy) {
    return fail(`${bars ? '--strategy' : '--bars'} FILE is missing; try --help.`);
  }
  if (given.has('--inner') && given.has('--ticks')) {
    return fail('--inner and --ticks cannot both be walked inside the bars.');
  }
  return ok({
    bars,
    strategy,
    settings: one('--settings') ?? null,
    inner: many('--inner'),
    ticks: many('--ticks'),
    portfolio: many('--portfolio'),
    companion: many('--companion'),
    json: given.has('--json'),
  });
}
