/**
 * A run's report as one HTML file that needs nothing else: no script, no font, no request.
 *
 * Every text that a person wrote is escaped, and the file's own policy forbids all but its styles.
 */
import type { Run } from '#core/collections/run.ts';
import { fewerPoints, type EquityPoint } from '#core/statistics/equity-points.ts';
import { cellText, type Column } from '#lib/ui/table.ts';
import { numberText, signedText } from '#lib/words/numbers.ts';
import { monthNames, timeText, weekdayNames } from '#lib/words/times.ts';
import type { RunReport } from '#workers/analyse/api.ts';
import {
  binColumns,
  binRows,
  binText,
  excursionRows,
  fineDigits,
  groupColumns,
  groupRows,
  hourNames,
} from './report-rows.ts';
import { reportStyle } from './report-style.ts';
import { BOX, columnShapes, dotsPath, heightOf, linePath, rangeOf } from './report-shapes.ts';
import { statisticGroups, statisticText } from './statistic-groups.ts';
import { say, sayKnown } from '../words/language.ts';

const LINE_POINTS = 1500;

export function reportToHtml(run: Run, curve: readonly EquityPoint[], report: RunReport): string {
  const { years, distribution, rolling, excursions, entries } = report;
  const parts = [
    equitySection(curve),
    statisticsSection(run),
    section(say`Returns by month, in percent`, monthTable(years)),
    rolling &&
      section(
        say`Rolling Sharpe over ${rolling.windowDays} trading days`,
        line(rolling.timesMs, rolling.sharpe),
      ),
    distribution && distributionSection(distribution),
    excursions && excursionSection(excursions, report.roundTrips),
    report.intraday && groupSection(say`By hour of entry`, say`Hour`, hourNames, entries.byHour),
    groupSection(say`By weekday of entry`, say`Weekday`, weekdayNames, entries.byWeekday),
    groupSection(say`By month of entry`, say`Month`, monthNames, entries.byMonth),
    section(say`Rules as they ran`, `<pre>${escaped(run.source)}</pre>`),
    section(say`Settings`, `<pre>${escaped(settingsText(run))}</pre>`),
  ];
  const day = (ms: number) => timeText(ms, 'utc', { dateOnly: true });
  const title = escaped(run.strategyName);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${escaped(run.seriesId)}, ${numberText(run.bars)} bars, ${day(run.firstMs)} to ${day(run.lastMs)} (UTC), ${numberText(run.roundTrips)} round trips.</p>
${run.note ? `<p>${escaped(run.note)}</p>` : ''}
${report.exactTimes ? '' : '<p>The prices have changed or gone since this run: days between round trips are estimated.</p>'}
${parts.filter(Boolean).join('\n')}
<p class="quiet">Fingerprint ${escaped(run.hash)}</p>
</main>
</body>
</html>
`;
}

export function escaped(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => signs[sign]!).replaceAll("'", '&#39;');
}

function section(title: string, content: string): string {
  return `<section><h2>${escaped(title)}</h2>${content}</section>`;
}

function settingsText({ settings, inputs }: Run): string {
  return JSON.stringify({ inputs, ...settings }, null, 2);
}

function drawing(content: string, top: string, bottom: string): string {
  return (
    `<div class="drawing"><span class="quiet">${top}</span>` +
    `<svg viewBox="0 0 ${BOX.width} ${BOX.height}" preserveAspectRatio="none" aria-hidden="true">` +
    `${content}</svg><span class="quiet">${bottom}</span></div>`
  );
}

function line(xs: ArrayLike<number>, ys: Float64Array): string {
  const range = rangeOf(ys, { zero: true });
  const zero = heightOf(0, range);
  return drawing(
    `<path class="zero" d="M0 ${zero}H${BOX.width}"/><path class="line" d="${linePath(xs, ys, range)}"/>`,
    numberText(range.high, 2),
    numberText(range.low, 2),
  );
}

function equitySection(curve: readonly EquityPoint[]): string {
  const points = fewerPoints(curve, LINE_POINTS);
  const bars = points.map(({ bar }) => bar);
  const money = Float64Array.from(points, ({ equity }) => equity);
  const percent = Float64Array.from(points, ({ drawdownRatio }) => drawdownRatio * 100);
  const range = rangeOf(money);
  const path = `<path class="line" d="${linePath(bars, money, range)}"/>`;
  return (
    section(say`Equity`, drawing(path, numberText(range.high, 2), numberText(range.low, 2))) +
    section(say`Drawdown, in percent`, line(bars, percent))
  );
}

function statisticsSection({ stats }: Run): string {
  const rows = statisticGroups.flatMap(({ title, entries }) => [
    `<tr><th colspan="2" scope="colgroup">${escaped(title)}</th></tr>`,
    ...entries.map((one) => {
      const name = `<td title="${escaped(sayKnown(one.definition))}">${escaped(sayKnown(one.label))}</td>`;
      return `<tr>${name}<td class="number">${escaped(statisticText(one, stats))}</td></tr>`;
    }),
  ]);
  return section(say`Statistics`, `<div class="columns"><table>${rows.join('')}</table></div>`);
}

function monthTable(years: RunReport['years']): string {
  const text = (ratio: number | null) => (ratio === null ? '' : signedText(ratio * 100, 1));
  const cell = (ratio: number | null) =>
    `<td class="number ${ratio === null || ratio === 0 ? '' : ratio > 0 ? 'up' : 'down'}">${text(ratio)}</td>`;
  const head = [say`Year`, ...monthNames, say`All`].map((name) => `<th scope="col">${name}</th>`);
  const rows = years.map(
    ({ year, months, ratio }) =>
      `<tr><th scope="row">${year}</th>${[...months, ratio].map(cell).join('')}</tr>`,
  );
  return `<div class="wide"><table><tr>${head.join('')}</tr>${rows.join('')}</table></div>`;
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const head = columns.map(
    ({ label, unit }) => `<th scope="col">${escaped(unit ? `${label}, ${unit}` : label)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map((column) => {
      const look = [column.number && 'number', column.tone?.(row)].filter(Boolean).join(' ');
      return `<td class="${look}">${escaped(cellText(column, row))}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="wide"><table><tr>${head.join('')}</tr>${body.join('')}</table></div>`;
}

function upright(values: readonly number[], digits: number, rises: (at: number) => boolean) {
  const range = rangeOf(values, { zero: true });
  const bars = columnShapes(values, range).map(
    ({ x, y, width, height }, at) =>
      `<rect class="${rises(at) ? 'up' : 'down'}" x="${x}" y="${y}" width="${width}" height="${height}"/>`,
  );
  return drawing(bars.join(''), numberText(range.high, digits), numberText(range.low, digits));
}

function distributionSection(distribution: NonNullable<RunReport['distribution']>): string {
  const { width, below, above } = distribution;
  const rows = binRows(distribution);
  const counts = rows.map(({ count }) => count);
  const drawn = upright(counts, 0, (at) => rows[at]!.fromPct > -width / 2);
  const ends = say`From ${binText(rows[0]!.fromPct, width)} % to ${binText(rows.at(-1)!.toPct, width)} %; ${below} lie below, ${above} above.`;
  const filled = rows.filter(({ count }) => count > 0);
  return section(
    say`Returns of round trips`,
    `${drawn}<p class="quiet">${ends}</p>${table(binColumns(width), filled)}`,
  );
}

function excursionSection(excursions: NonNullable<RunReport['excursions']>, total: number): string {
  const rows = excursionRows(excursions);
  const across = rangeOf(excursions.maePct, { zero: true });
  const up = rangeOf(excursions.mfePct, { zero: true });
  const digits = fineDigits([across.high, up.high]);
  const dots = (isWin: boolean) =>
    dotsPath(
      rows
        .filter(({ returnPct }) => returnPct > 0 === isWin)
        .map(({ maePct, mfePct }) => [maePct, mfePct] as const),
      across,
      up,
    );
  const paths = `<path class="dots down" d="${dots(false)}"/><path class="dots up" d="${dots(true)}"/>`;
  const words = say`Across: MAE up to ${numberText(across.high, digits)} %. Up: MFE up to ${numberText(up.high, digits)} %. ● made money, ■ did not. ${numberText(rows.length)} of ${numberText(total)} round trips.`;
  return section(
    say`Worst and best excursions`,
    `${drawing(paths, `${numberText(up.high, digits)} %`, '0 %')}<p class="quiet">${words}</p>`,
  );
}

function groupSection(
  title: string,
  label: string,
  names: readonly string[],
  groups: RunReport['entries']['byHour'],
): string {
  const rows = groupRows(names, groups);
  if (rows.length === 0) return '';
  const values = rows.map(({ avgReturnPct }) => avgReturnPct ?? 0);
  const digits = fineDigits(values);
  return section(
    title,
    upright(values, digits, (at) => values[at]! > 0) + table(groupColumns(label, digits), rows),
  );
}
