/** Writes the rule language's parser from its grammar: run after every change of the grammar. */
import { readFileSync, writeFileSync } from 'node:fs';
import { buildParserFile } from '@lezer/generator';

const folder = new URL('../core/rules/', import.meta.url);

/** The generated sources by file name, as they belong beside the grammar. */
export function generateParser(): Readonly<Record<string, string>> {
  const warnings: string[] = [];
  const { parser, terms } = buildParserFile(
    readFileSync(new URL('rules.grammar', folder), 'utf8'),
    {
      fileName: 'rules.grammar',
      moduleStyle: 'es',
      typeScript: true,
      warn: (message) => warnings.push(message),
    },
  );
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  return { 'parser.gen.ts': parser, 'parser.terms.gen.ts': terms };
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(generateParser())) {
    writeFileSync(new URL(name, folder), text);
  }
}
