/** One backtest from the command line: reads the files, prints the run. Wiring alone. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseSettings, type ParsedSettings } from '#core/execution/settings.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { parseBars } from '#workers/import/parse.ts';
import { parseArguments, usage, type BacktestArguments } from './command-arguments.ts';
import { jsonReport, tableReport } from './command-report.ts';
import { backtest, type BacktestInput, type FinishedRun } from './engine.ts';

interface Answer {
  readonly text: string;
  /** What the price file holds that a reader should know of. */
  readonly warning: string | null;
}

function answer(args: readonly string[]): Result<Answer, string> {
  const parsed = parseArguments(args);
  if (!parsed.ok) return parsed;
  if (parsed.value === 'help') return ok({ text: usage, warning: null });
  const { bars: barsFile, strategy: strategyFile, json } = parsed.value;
  const settings = readSettings(parsed.value);
  if (!settings.ok) return settings;
  const source = readText(strategyFile);
  if (!source.ok) return source;
  const prices = readPrices(barsFile);
  if (!prices.ok) return prices;
  const { bars, warning } = prices.value;
  const finished = runToEnd({ bars, source: source.value, ...settings.value }, strategyFile);
  if (!finished.ok) return finished;
  const text = (json ? jsonReport : tableReport)(finished.value, bars.length);
  return ok({ text, warning });
}

function runToEnd(input: BacktestInput, strategyFile: string): Result<FinishedRun, string> {
  const steps = backtest(input);
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (step.value.ok) return step.value;
  const { code, detail } = step.value.error;
  if (code === 'rules.invalid') return fail(detail.replace(/^/gm, `${strategyFile}:`));
  return fail(code === 'rules.too-long' ? `${strategyFile}: ${detail}` : detail);
}

function readPrices(file: string): Result<Pick<BacktestInput, 'bars'> & Answer, string> {
  const bytes = readBytes(file);
  if (!bytes.ok) return bytes;
  const parsed = parseBars(bytes.value, basename(file));
  if (!parsed.ok) return fail(`${file}: ${parsed.error.detail}`);
  const { bars, counts } = parsed.value;
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  const words = found.map(([kind, count]) => `${count} ${kind}`).join(', ');
  return ok({ bars, text: '', warning: words === '' ? null : `${file}: ${words}` });
}

function readSettings({ settings: file }: BacktestArguments): Result<ParsedSettings, string> {
  const text = file === null ? ok('{}') : readText(file);
  if (!text.ok) return text;
  const json = parseJson(text.value);
  if (!json.ok) return fail(`${file}: not JSON: ${json.error}`);
  const parsed = parseSettings(json.value);
  return parsed.ok ? parsed : fail(`${file}: ${parsed.error.detail}`);
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

const result = answer(process.argv.slice(2));
if (result.ok) {
  if (result.value.warning) process.stderr.write(`${result.value.warning}\n`);
  process.stdout.write(result.value.text);
} else {
  process.stderr.write(`${result.error}\n`);
  process.exitCode = 2;
}
