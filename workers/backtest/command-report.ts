/** A finished run as the command line prints it: a table for people, JSON for machines. */
import type { Statistic } from '#core/statistics/statistic.ts';
import { statistics } from '#core/statistics/registry.ts';
import type { FinishedRun } from './engine.ts';

export function jsonReport(run: FinishedRun, bars: number): string {
  const { entryBar, exitBar, entryPrice, exitPrice, units, profit, count } = run.outcome.roundTrips;
  const roundTrips = Array.from({ length: count }, (_, k) => ({
    entryBar: entryBar[k],
    exitBar: exitBar[k],
    entryPrice: entryPrice[k],
    exitPrice: exitPrice[k],
    units: units[k],
    profit: profit[k],
  }));
  return `${JSON.stringify({ hash: run.hash, bars, stats: run.stats, roundTrips })}\n`;
}

export function tableReport(run: FinishedRun, bars: number): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Bars', String(bars)],
    ...statistics.map(
      ({ label, unit, key }) => [label, formatFigure(unit, run.stats[key])] as const,
    ),
    ...(run.outcome.droppedEntries > 0
      ? [['Entries without money', String(run.outcome.droppedEntries)] as const]
      : []),
  ];
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  const figureWidth = Math.max(...rows.map(([, figure]) => figure.length));
  const lines = rows.map(
    ([label, figure]) => `${label.padEnd(labelWidth)}  ${figure.padStart(figureWidth)}`,
  );
  return `${[...lines, '', `Hash  ${run.hash}`].join('\n')}\n`;
}

function formatFigure(unit: Statistic['unit'], figure: number | null): string {
  if (figure === null) return '–';
  switch (unit) {
    case 'count':
      return String(figure);
    case 'money':
      return figure.toFixed(2);
    case 'percent':
      return `${figure.toFixed(2)} %`;
    case 'ratio':
      return figure.toFixed(4);
    case 'durationMs':
      return formatDuration(figure);
  }
}

/** The two largest of days, hours, minutes and seconds that are not zero. */
function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).slice(0, 2);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ') || '0 s';
}
