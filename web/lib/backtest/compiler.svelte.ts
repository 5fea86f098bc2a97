/** What reads a strategy's text, fetched when a page first asks: the one of rules is large. */
import type { Language } from '#core/collections/strategy.ts';
import type { Program } from '#core/rules/compile.ts';
import type { Problem } from '#core/rules/problem.ts';
import { say } from '../words/language.ts';

/** What pages need to know of a text, whatever it is written in. */
export interface ReadText {
  /** null if and only if a problem is an error. */
  readonly program: Pick<Program, 'inputs' | 'requirements' | 'symbols'> | null;
  readonly problems: readonly Problem[];
}

type Read = (source: string) => ReadText;

const loaders: Readonly<Record<Language, () => Promise<Read>>> = {
  rules: async () => (await import('#core/rules/compile.ts')).compileRules,
  code: async () => {
    const { readCode } = await import('#core/code/read-code.ts');
    return (source) => {
      const { program, problems } = readCode(source);
      return {
        program: program && { inputs: program.inputs, requirements: [], symbols: [] },
        problems,
      };
    };
  },
};

let arrived = $state.raw<Partial<Record<Language, Read>>>({});
/** For a reader that could not be fetched: that of code is kept from its first use on, not before. */
const unread: Read = () => ({
  program: null,
  problems: [
    {
      severity: 'error',
      line: 1,
      column: 1,
      from: 0,
      to: 0,
      reason: say`What reads this text is not on the device yet.`,
      suggestion: say`Connect to the network once and reload the page.`,
    },
  ],
});
const fetching: Partial<Record<Language, Promise<void>>> = {};

/** What there is to say of a text; null until its reader has arrived, which redraws the asker. */
export function compile(source: string, language: Language = 'rules'): ReadText | null {
  fetching[language] ??= loaders[language]().then(
    (read) => {
      arrived = { ...arrived, [language]: read };
    },
    () => {
      arrived = { ...arrived, [language]: unread };
    },
  );
  return arrived[language]?.(source) ?? null;
}
