/** Writes docs/rules.md: run after every change of the rule language or of an indicator. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { referencePage } from '#core/rules/reference-page.ts';

const page = new URL('../docs/rules.md', import.meta.url);

/** The page's text, laid out like every other file. */
export async function generateRulesReference(): Promise<string> {
  const path = fileURLToPath(page);
  return format(referencePage(), { ...(await resolveConfig(path)), filepath: path });
}

if (import.meta.main) {
  mkdirSync(new URL('.', page), { recursive: true });
  writeFileSync(page, await generateRulesReference());
}
