/** What a chart draws of a value: one line, or one for each of several outputs. */
import { alignedColumn } from './check-elsewhere.ts';
import type { Program } from './program.ts';
import type { Scope } from './scope.ts';
import type { Value } from './value.ts';

/** The lines of a value by name; none where it has no line. */
export function namedSeries(scope: Scope, name: string, value: Value): Program['named'] {
  if (value.type === 'series') return [{ name, column: value.column, pane: value.pane }];
  if (value.type !== 'outputs') return [];
  const { column: of, pane, made, frame } = value;
  const plan = scope.plan.within(frame);
  return made.outputs.map((output, index) => ({
    name: `${name}.${output}`,
    column: alignedColumn(scope, frame, plan.add({ op: 'output', of, index })),
    pane,
  }));
}
