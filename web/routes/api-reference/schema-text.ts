/** A JSON Schema as a programmer writes a type: names, kinds and limits, a line each. */
import { say } from '#lib/words/language.ts';

/** The part of JSON Schema that the API uses. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly (string | number)[];
  readonly description?: string;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

const widest = 60;

/** Several lines for objects and long choices, one for the rest; what may be left out has a `?`. */
export function schemaText(schema: Schema, indent = ''): string {
  const deeper = `${indent}  `;
  if (schema.anyOf) return schema.anyOf.map((each) => schemaText(each, indent)).join(' | ');
  if (schema.enum) return choiceText(schema.enum, deeper);
  if (schema.items) return `${grouped(schemaText(schema.items, indent))}[]`;
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length > 0) {
    const lines = properties.map(([name, each]) => {
      const mark = schema.required?.includes(name) ? '' : '?';
      return withRemark(`${deeper}${name}${mark}: ${schemaText(each, deeper)}`, each);
    });
    return ['{', ...lines, `${indent}}`].join('\n');
  }
  if (typeof schema.additionalProperties === 'object') {
    return `{ [name]: ${schemaText(schema.additionalProperties, indent)} }`;
  }
  if (schema.type === 'object') return '{}';
  return schema.type === undefined ? 'anything' : [schema.type].flat().join(' | ');
}

/** What a value must be beside its kind: `1 to 200`, `at most 80 characters`, `default 50`. */
export function limitsText(schema: Schema): string {
  const { format, minimum, maximum, minLength, maxLength } = schema;
  const least = isBound(minimum) ? minimum : undefined;
  const most = isBound(maximum) ? maximum : undefined;
  const range =
    least !== undefined && most !== undefined
      ? say`${least} to ${most}`
      : [least !== undefined && say`at least ${least}`, most !== undefined && say`at most ${most}`]
          .filter(Boolean)
          .join(', ');
  return [
    format,
    range,
    minLength && say`at least ${minLength} ${minLength === 1 ? say`character` : say`characters`}`,
    maxLength !== undefined && say`at most ${maxLength} characters`,
    schema.default !== undefined && say`default ${JSON.stringify(schema.default)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** The bounds of exact integers in JSON say nothing. */
function isBound(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

/** The remark stands after the kind, where that is on one line. */
function withRemark(line: string, schema: Schema): string {
  const remark = [schema.description, limitsText(schema)].filter(Boolean).join('; ');
  if (remark === '') return line;
  const [first, ...rest] = line.split('\n');
  return [`${first}  // ${remark}`, ...rest].join('\n');
}

function choiceText(choices: readonly (string | number)[], indent: string): string {
  const words = choices.map((each) => JSON.stringify(each).replaceAll('"', "'"));
  if (words.join(' | ').length <= widest) return words.join(' | ');
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < widest) {
      lines[lines.length - 1] = `${last} | ${word}`;
    } else lines.push(word);
  }
  return lines.map((line) => `\n${indent}| ${line}`).join('');
}

function grouped(text: string): string {
  return text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text;
}
