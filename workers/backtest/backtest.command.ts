/** One backtest from the command line: reads the files, prints the run. Wiring alone. */
import { readFileSync } from 'node:fs';
import type { Market } from '#core/execution/order-desk.ts';
import { defaultSettings, parseSettings, type ParsedSettings } from '#core/execution/settings.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { threadGuard } from '#workers/code/thread-sandbox.node.ts';
import { parseArguments, usage, type BacktestArguments } from './command-arguments.ts';
import { readPrices, type CommandPrices } from './command-prices.ts';
import { jsonReport, tableReport } from './command-report.ts';
import { codeBacktest } from './code-engine.ts';
import { backtest, type FinishedRun } from './engine.ts';

interface Answer {
  readonly text: string;
  /** What the price files hold that a reader should know of, a line each. */
  readonly warnings: readonly string[];
}

async function answer(args: readonly string[]): Promise<Result<Answer, string>> {
  const parsed = parseArguments(args);
  if (!parsed.ok) return parsed;
  if (parsed.value === 'help') return ok({ text: usage, warnings: [] });
  const { strategy: strategyFile, json } = parsed.value;
  const settings = readSettings(parsed.value);
  if (!settings.ok) return settings;
  const source = readText(strategyFile);
  if (!source.ok) return source;
  const prices = readPrices(parsed.value, readBytes);
  if (!prices.ok) return prices;
  const { warnings, ...read } = prices.value;
  const input = { ...read, source: source.value, ...settings.value };
  const finished = await runToEnd(input, strategyFile);
  if (!finished.ok) return finished;
  const symbols = read.markets.map(({ symbol }) => symbol);
  const text = (json ? jsonReport : tableReport)(finished.value, symbols);
  return ok({ text, warnings });
}

interface CommandInput extends ParsedSettings, Omit<CommandPrices, 'warnings'> {
  readonly source: string;
}

/** A text in a file that ends in .ts is TypeScript. */
function stepsOf(input: CommandInput, strategyFile: string) {
  if (strategyFile.endsWith('.ts')) return codeBacktest(input, threadGuard);
  const [first, ...others] = input.markets as [Market, ...Market[]];
  return backtest({ ...input, ...first, others });
}

async function runToEnd(
  input: CommandInput,
  strategyFile: string,
): Promise<Result<FinishedRun, string>> {
  const steps = stepsOf(input, strategyFile);
  let step = steps.next();
  for (; !step.done; step = steps.next()) await step.value.until;
  if (step.value.ok) return step.value;
  const { code, detail, problems } = step.value.error;
  if (problems) return fail(detail.replace(/^/gm, `${strategyFile}:`));
  return fail(code === 'rules.too-long' ? `${strategyFile}: ${detail}` : detail);
}

function readSettings(args: BacktestArguments): Result<ParsedSettings, string> {
  const { settings: file } = args;
  const text = file === null ? ok('{}') : readText(file);
  if (!text.ok) return text;
  const json = parseJson(text.value);
  if (!json.ok) return fail(`${file}: not JSON: ${json.error}`);
  const parsed = parseSettings(json.value);
  return parsed.ok ? withPath(parsed.value, args) : fail(`${file}: ${parsed.error.detail}`);
}

/** Prices that are given to be walked inside the bars are walked, unless another path is asked for. */
function withPath(
  { settings, inputs }: ParsedSettings,
  { inner, ticks }: BacktestArguments,
): Result<ParsedSettings, string> {
  if (inner.length + ticks.length === 0) return ok({ settings, inputs });
  const path = ticks.length > 0 ? 'ticks' : 'lowerTimeframe';
  if (settings.path === path || settings.path === defaultSettings.path) {
    return ok({ settings: { ...settings, path }, inputs });
  }
  const option = ticks.length > 0 ? '--ticks' : '--inner';
  return fail(`${option} asks for the path "${path}", the settings for "${settings.path}".`);
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    return fail((error as SyntaxError).message);
  }
}

function readText(file: string): Result<string, string> {
  const bytes = readBytes(file);
  if (!bytes.ok) return bytes;
  try {
    // A byte order mark is dropped; bytes that are no text are refused.
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value));
  } catch {
    return fail(`${file}: not a text file in UTF-8.`);
  }
}

function readBytes(file: string): Result<Uint8Array, string> {
  try {
    return ok(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: 'no such file',
      EISDIR: 'a folder, not a file',
      EACCES: 'may not be read',
    };
    return fail(`${file}: ${reasons[code ?? ''] ?? message}.`);
  }
}

// A reader that has seen enough, such as `head`, closes the pipe: no fault of this run.
process.stdout.on('error', () => process.exit(0));

const result = await answer(process.argv.slice(2));
if (result.ok) {
  for (const line of result.value.warnings) process.stderr.write(`${line}\n`);
  process.stdout.write(result.value.text);
} else {
  process.stderr.write(`${result.error}\n`);
  process.exitCode = 2;
}
