/** Checks what is drawn on the chart by itself. */
import { checkExpression } from './check-expression.ts';
import type { Draft } from './draft.ts';
import { namedSeries } from './named-series.ts';
import { textOf, type Scope } from './scope.ts';
import type { PlotStatement } from './syntax.ts';
import { describeValue, type Value } from './value.ts';

const longestName = 40;

export function checkPlot(scope: Scope, draft: Draft, statement: PlotStatement): void {
  const { value: expression, label, pane } = statement;
  const value = level(scope, checkExpression(scope, expression));
  if (value.type === 'unknown') return;
  const name = label?.text.trim() ?? shortened(textOf(scope, expression));
  if (name === '' || name.length > longestName) {
    const reason = `The name of a plot has 1 to ${longestName} letters.`;
    scope.report.error(label ?? expression, reason, `Write it after as: plot … as "name".`);
    return;
  }
  const lines = namedSeries(scope, name, value);
  if (lines.length === 0) {
    const reason = `Only a series or a number can be drawn; this is ${describeValue(value)}.`;
    scope.report.error(expression, reason, 'For example: plot close - open as "body".');
    return;
  }
  for (const line of lines) {
    const at = draft.named.findIndex((other) => other.name === line.name);
    const drawn = { ...line, pane: pane ?? line.pane };
    // A plot of what let names says where that is drawn.
    if (at >= 0 && draft.named[at]!.column === line.column) draft.named[at] = drawn;
    else if (at < 0) draft.named.push(drawn);
    else {
      const reason = `Something drawn is called ${line.name} already.`;
      scope.report.error(label ?? statement, reason, 'Write another name after as.');
    }
  }
}

/** A number is drawn as a level. */
function level(scope: Scope, value: Value): Value {
  if (value.type !== 'number') return value;
  const zero = { constant: { kind: 'number', value: 0 } } as const;
  const left = { constant: value.constant };
  const column = scope.plan.add({ op: 'arithmetic', operator: '+', left, right: zero });
  return { type: 'series', column, pane: 'own' };
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > longestName ? `${line.slice(0, longestName - 1)}…` : line;
}
