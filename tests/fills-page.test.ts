/** The day that the page on fills tells of, run again: every figure in its tables is the engine's. */
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseSettings, type RunSettings } from '#core/execution/settings.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { innerBars, innerTicks } from '#core/market/inner-prices.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import type { Ticks } from '#core/market/ticks.ts';
import { backtest, type FinishedRun } from '#workers/backtest/engine.ts';
import { parseBars, parseTicks } from '#workers/import/parse.ts';

const page = readFileSync('docs/fills.md', 'utf8');
const folder = '../shared/data/';
const files = {
  hours: 'EURUSD-H1-2007-2018-bidask.csv.gz',
  minutes: 'EURUSD-M1-2014-05-bidask.csv.gz',
  ticks: 'EURUSD-ticks-2014-05-08.csv.gz',
};
const isThere = Object.values(files).every((file) => existsSync(folder + file));
const paths = ['pessimistic', 'optimistic', 'adaptive', 'lowerTimeframe', 'ticks'] as const;
type Path = (typeof paths)[number];

/** The first block of the page in that language. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)![1]!;
}

/** The rows of the table under a header that begins with that cell. */
function table(firstHeader: string): string[][] {
  const lines = page.split('\n');
  const at = lines.findLastIndex((line) => line.startsWith(`| ${firstHeader} `));
  const end = lines.findIndex((line, i) => i > at && !line.startsWith('|'));
  return lines.slice(at + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function barsOf(file: string): Bars {
  const parsed = parseBars(readFileSync(folder + file), file);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value.bars;
}

function ticksOf(file: string): Ticks {
  const parsed = parseTicks(readFileSync(folder + file), file);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value.ticks;
}

describe.skipIf(!isThere)('the day of the page', { timeout: 60_000 }, () => {
  const runs = new Map<Path, FinishedRun>();
  let hours: Bars;
  let ticks: Ticks;

  beforeAll(() => {
    const all = barsOf(files.hours);
    const [from, to] = [7, 9].map((day) => firstAtOrAfter(all.timesMs, Date.UTC(2014, 4, day)));
    hours = sliceBars(all, from!, to!);
    ticks = ticksOf(files.ticks);
    const minutes = barsOf(files.minutes);
    const settings = parseSettings(JSON.parse(block('json')));
    if (!settings.ok) throw new Error(settings.error.detail);
    const inner = (path: Path) => {
      if (path === 'ticks') return innerTicks(hours, 'H1', ticks);
      return path === 'lowerTimeframe' ? innerBars(hours, 'H1', minutes) : null;
    };
    for (const path of paths) {
      runs.set(path, run(hours, inner(path), { ...settings.value.settings, path }));
    }
  });

  function run(
    bars: Bars,
    inner: ReturnType<typeof innerBars> | null,
    settings: RunSettings,
  ): FinishedRun {
    const steps = backtest({ bars, inner, source: block('rules'), inputs: {}, settings });
    let step = steps.next();
    while (!step.done) step = steps.next();
    if (!step.value.ok) throw new Error(step.value.error.detail);
    return step.value.value;
  }

  test('came to what its first table says', () => {
    const expected = paths.map((path) => {
      const { outcome, band, inner, stats } = runs.get(path)!;
      const money = [stats.equityFinal!, band.worstEquity, band.bestEquity].map((figure) =>
        figure.toFixed(2),
      );
      return [
        `\`${path}\``,
        String(outcome.roundTrips.count),
        money[0],
        String(band.trips.length),
        money[1],
        money[2],
        inner ? `${inner.covered} of ${inner.bars}` : '–',
      ];
    });
    expect(table('Path ')).toEqual(expected);
  });

  test('came to it trip by trip as its second table says', () => {
    const columns = paths.map((path) => runs.get(path)!.outcome.roundTrips);
    const [first] = columns as [(typeof columns)[0]];
    const expected = Array.from(first.entryBar, (bar, k) => [
      new Date(hours.timesMs[bar]!).toISOString().slice(11, 16),
      first.units[k]! > 0 ? 'long' : 'short',
      ...columns.map(({ profit }) => profit[k]!.toFixed(2)),
    ]);
    expect(table('Entered').map((row) => row.slice(0, -1))).toEqual(expected);
  });

  test('differs trip by trip for the reasons it names', () => {
    const [bars, , , minutes, onTicks] = paths.map((path) => runs.get(path)!.outcome.roundTrips);
    const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;
    for (const [k, row] of table('Entered').entries()) {
      const why = row.at(-1)!;
      expect([k, why.includes('doubt')]).toEqual([k, bars!.ambiguous[k] === 1]);
      const opens = !near(bars!.entryPrice[k]!, minutes!.entryPrice[k]!);
      expect([k, why.includes('open')]).toEqual([k, opens]);
      expect(near(minutes!.entryPrice[k]!, onTicks!.entryPrice[k]!)).toBe(true);
      const slips = !near(minutes!.exitPrice[k]!, onTicks!.exitPrice[k]!);
      expect([k, why.includes('tick')]).toEqual([k, slips]);
      const leavesElsewhere = !near(bars!.exitPrice[k]!, minutes!.exitPrice[k]!);
      const twice = why.includes('twice') || (why.includes('doubt') && opens);
      if (bars!.ambiguous[k] !== 1) expect([k, twice]).toEqual([k, leavesElsewhere]);
    }
  });

  test('saw each level touched at the second that it names', () => {
    const firstAt = (hour: number, isTouched: (ask: number) => boolean) => {
      const from = firstAtOrAfter(ticks.timesMs, Date.UTC(2014, 4, 8, hour));
      for (let i = from; ; i++) {
        if (isTouched(ticks.ask![i]! / ticks.scale)) {
          return new Date(ticks.timesMs[i]!).toISOString().slice(11, 19);
        }
      }
    };
    const told = [
      firstAt(11, (ask) => ask <= 1.39359),
      firstAt(11, (ask) => ask >= 1.39509),
      firstAt(12, (ask) => ask >= 1.39533),
      firstAt(12, (ask) => ask <= 1.39383),
    ];
    expect(told).toEqual(['11:36:54', '11:45:08', '12:11:11', '12:53:08']);
    for (const second of told) expect(page).toContain(second);
  });

  test('opens each hour of its file where the hour before closed', () => {
    const { timesMs, bid, length } = barsOf(files.hours);
    let following = 0;
    for (let i = 1; i < length; i++) {
      if (timesMs[i]! - timesMs[i - 1]! !== 3_600_000) continue;
      following++;
      if (bid.open[i] !== bid.close[i - 1]) expect.unreachable();
    }
    expect(page).toContain(`${following.toLocaleString('en')} hours`);
  });
});
