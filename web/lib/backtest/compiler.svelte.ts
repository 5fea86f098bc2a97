/** The rule compiler, fetched when a page first asks: it carries every indicator there is. */
import type { compileRules } from '#core/rules/compile.ts';

type Compile = typeof compileRules;

let arrived = $state.raw<Compile | null>(null);
let fetching: Promise<void> | undefined;

/** What the compiler says of a rule text; null until it has arrived, which redraws the asker. */
export function compile(source: string): ReturnType<Compile> | null {
  fetching ??= import('#core/rules/compile.ts').then((module) => {
    arrived = module.compileRules;
  });
  return arrived?.(source) ?? null;
}
