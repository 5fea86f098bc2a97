/** The reference of the rule language as a Markdown page. */
import { mostItems } from './check-list.ts';
import { longestSource } from './compile.ts';
import type { FunctionParameter } from './functions.ts';
import { ruleReference, type RuleReference } from './reference.ts';

/** The text of `docs/rules.md`. */
export function referencePage(reference: RuleReference = ruleReference): string {
  return [
    '# The rule language',
    '<!-- Written by `node tests/generate-rules-reference.ts` from the registries in core/rules and core/indicators. -->',
    introduction,
    '## A whole strategy',
    code(reference.templates[0]!.source.trimEnd()),
    '## Lines',
    ...reference.statements.flatMap((one) => [
      `### ${one.name}`,
      code(one.form),
      one.description,
      code(one.examples.join('\n')),
    ]),
    '## Series of the bars',
    table(
      ['Name', 'What it is'],
      reference.fields.map((field) => [`\`${field.name}\``, field.description]),
    ),
    '## Time',
    table(
      ['Name', 'What it is'],
      reference.times.map((time) => [`\`${time.name}\``, time.description]),
    ),
    '## Signs',
    'From the one that binds tightest to the one that binds loosest; brackets change the order.',
    table(
      ['Sign', 'What it does', 'Example'],
      reference.operators.map((one) => [`\`${one.signs}\``, one.description, `\`${one.example}\``]),
    ),
    '## Functions',
    ...reference.functions.flatMap((one) => [
      `### ${one.name}`,
      code(one.signature),
      `${one.title}. ${one.description}`,
      ...(one.parameters.length > 0 ? [parameters(one.parameters)] : []),
      ...(one.outputs.length > 1
        ? [`Parts: ${one.outputs.map((output) => `\`.${output}\``).join(', ')}.`]
        : []),
      ...(one.reference ? [`Source: ${one.reference}`] : []),
      code(one.example),
    ]),
    '## More strategies',
    ...reference.templates
      .slice(1)
      .flatMap((one) => [`### ${one.name}`, one.description, code(one.source.trimEnd())]),
  ]
    .join('\n\n')
    .concat('\n');
}

const statementNames = ruleReference.statements.map((one) => `\`${one.name}\``).join(', ');

const introduction = `A strategy is a text of lines. Each line begins with one of these words: ${statementNames}. Capitals do not matter, \`#\` begins a comment, and a line goes on in the next one inside brackets, after a sign, or where the next one begins with \`and\` or \`or\`.

There are three kinds of values: a *number* is the same on every bar, a *series* has a value on each bar, a *condition* holds on a bar or does not. Periods and sizes are numbers; conditions come from comparisons. A *list* holds several of them, and a *text* in double quotes names a symbol, a time zone or the hours of a session.

Rules look at each bar when it has closed, and never at a later one. They begin on the bar after the first on which every series they use has a value: \`sma(close, 30)\` needs 30 bars. With bid and ask prices, rules see the bid. Of longer timeframes and of other symbols they see what had closed by then.

Words that stand in one place alone, such as \`trail\`, \`limit\` or \`after\`, may be names everywhere else. A text has at most ${longestSource.toLocaleString('en')} characters, a list ${mostItems} values; functions and lists unfold when the text is read, so that a backtest computes whole columns and nothing bar by bar.`;

function code(text: string): string {
  return `\`\`\`\n${text}\n\`\`\``;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function parameters(all: readonly FunctionParameter[]): string {
  const kinds = {
    series: 'series',
    value: 'series or number',
    period: 'whole number',
    number: 'number',
    condition: 'condition',
    text: 'text in quotes',
    list: 'list',
  };
  return table(
    ['Parameter', 'Kind', 'Default', 'What it is'],
    all.map((one) => [
      `\`${one.name}\``,
      kinds[one.kind],
      one.optional ? 'may be left out' : one.default === null ? '' : `${one.default}`,
      one.description,
    ]),
  );
}
