/** The series that the rules of a stored run name and plot, worked out anew to be drawn. */
import type { Run } from '#core/collections/run.ts';
import type { Failure } from '#core/errors.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { compileRules } from '#core/rules/compile.ts';
import { evaluateSeries } from '#core/rules/evaluate.ts';
import type { AnalyseWorker, RunLines } from './api.ts';
import type { ReportPorts } from './run-report.ts';

interface LinesPorts extends Pick<ReportPorts, 'loadBars'> {
  /** The row alone, null where it is not stored: its arrays may be large. */
  readonly loadRun: (runId: string) => Promise<Result<{ readonly run: Run } | null, Failure>>;
}

export function openLines({ loadRun, loadBars }: LinesPorts): Pick<AnalyseWorker, 'lines'> {
  async function companionsOf(
    run: Run,
    symbols: readonly string[],
  ): Promise<Result<ReadonlyMap<string, Bars>, Failure>> {
    const companions = new Map<string, Bars>();
    for (const [k, symbol] of symbols.entries()) {
      const bars = await loadBars(run.companions?.[k] ?? '');
      if (!bars.ok) return bars;
      companions.set(symbol, bars.value);
    }
    return ok(companions);
  }
  return {
    async lines(runId, market) {
      const stored = await loadRun(runId);
      if (!stored.ok) return stored;
      const run = stored.value?.run;
      const seriesId = run && [run.seriesId, ...(run.portfolio ?? [])][market];
      if (!run || seriesId === undefined) return fail(notStored(runId));
      const program = run.language === 'code' ? null : compileRules(run.source).program;
      if (!program || program.named.length === 0) return ok(nothing);
      const series = await loadBars(seriesId);
      if (!series.ok) return series;
      const companions = await companionsOf(run, program.symbols);
      if (!companions.ok) return companions;
      // The values depend on where the history begins: there, where that of the run did.
      const from = firstAtOrAfter(series.value.timesMs, run.firstMs);
      const bars = sliceBars(series.value, from, series.value.length);
      const named = evaluateSeries(program, bars, run.inputs, companions.value);
      return named.ok ? ok({ timesMs: bars.timesMs.slice(), lines: named.value }) : named;
    },
  };
}

const nothing: RunLines = { timesMs: new Float64Array(0), lines: [] };

function notStored(runId: string): Failure {
  return { code: 'store.not-found', detail: `Run ${runId} is not stored here.` };
}
