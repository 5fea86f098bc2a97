/** The text that a choice in the lab stands for. */
import type { Run } from '#core/collections/run.ts';
import type { Language, Strategy } from '#core/collections/strategy.ts';
import type { Problem } from '#core/rules/problem.ts';
import { templates } from '#core/rules/templates.ts';
import { compile, type ReadText } from './compiler.svelte.ts';
import type { RulesChoice } from './setup.svelte.ts';
import { say } from '../words/language.ts';

export interface ChosenRules {
  /** Null for a template not yet kept and for the text of a run whose strategy is gone. */
  readonly strategyId: string | null;
  readonly name: string;
  readonly source: string;
  readonly language: Language;
  readonly about: string;
  /** True while the compiler is on its way. */
  readonly reading: boolean;
  /** Null where the text has errors, and while it is read. */
  readonly program: ReadText['program'];
  readonly errors: readonly Problem[];
}

interface Shelves {
  readonly strategies: readonly Strategy[];
  /** The run whose text is offered again, if any. */
  readonly repeated: Run | null;
}

/** Null where the choice names nothing that is there. */
export function chosenRules(choice: RulesChoice, shelves: Shelves): ChosenRules | null {
  const found = find(choice, shelves);
  if (!found) return null;
  const compiled = compile(found.source, found.language);
  return {
    ...found,
    reading: compiled === null,
    program: compiled?.program ?? null,
    errors: (compiled?.problems ?? []).filter((problem) => problem.severity === 'error'),
  };
}

function find(choice: RulesChoice, { strategies, repeated }: Shelves) {
  const [kind, id] = split(choice);
  if (kind === 'template') {
    const template = templates.find((each) => each.id === id);
    return template
      ? {
          strategyId: null,
          name: template.name,
          source: template.source,
          language: 'rules' as const,
          about: template.description,
        }
      : null;
  }
  if (kind === 'run' && repeated?.id === id) {
    const kept = strategies.some((strategy) => strategy.id === repeated.strategyId);
    return {
      strategyId: kept ? repeated.strategyId : null,
      name: repeated.strategyName,
      source: repeated.source,
      language: repeated.language ?? 'rules',
      about: '',
    };
  }
  const strategy = strategies.find((each) => kind === 'strategy' && each.id === id);
  return strategy
    ? {
        strategyId: strategy.id,
        name: strategy.name,
        source: strategy.source,
        language: strategy.language ?? 'rules',
        about: '',
      }
    : null;
}

/** All that can be chosen, grouped as a select shows it: the repeated run, the trader's, templates. */
export function rulesChoices({ strategies, repeated }: Shelves) {
  const choice = (value: RulesChoice, label: string, group: string) => ({ value, label, group });
  return [
    ...(repeated
      ? [choice(`run:${repeated.id}`, say`${repeated.strategyName}, as it ran`, say`From the run`)]
      : []),
    ...strategies.map(({ id, name }) => choice(`strategy:${id}`, name, say`Yours`)),
    ...templates.map(({ id, name }) => choice(`template:${id}`, name, say`Templates`)),
  ];
}

/** `strategy:42` as its kind and its id. */
export function split(choice: RulesChoice): readonly [kind: string, id: string] {
  const at = choice.indexOf(':');
  return [choice.slice(0, at), choice.slice(at + 1)];
}

/** What to offer where nothing is chosen: the strategy last worked on, else the first template. */
export function firstChoice(strategies: readonly Strategy[]): RulesChoice {
  const newest = strategies.toSorted((a, b) => b.updatedMs - a.updatedMs)[0];
  if (newest) return `strategy:${newest.id}`;
  const template = templates[0];
  return template ? `template:${template.id}` : '';
}
