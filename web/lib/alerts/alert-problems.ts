/** What keeps an alert from being set, each said beside its field. */
import type { AlertForm } from './alert-form.ts';
import { say } from '../words/language.ts';

interface Problem {
  readonly text: string;
  /** Something is there that cannot be; else it is only missing yet. */
  readonly isWrong: boolean;
}

type ProblemField =
  'symbol' | 'price' | 'source' | 'period' | 'level' | 'figureLevel' | 'pauseMinutes' | 'untilDay';
export type Problems = Partial<Readonly<Record<ProblemField, Problem>>>;

/** Bars that the usual rules look back on. */
export const [fewestBars, mostBars] = [2, 500];

/** As the server takes them. */
export const mostPauseMinutes = 43_200;

export const ruleHint = say`The last line is the condition; names may be given in lines before it, as in strategies.`;

const missing = (text: string): Problem => ({ text, isWrong: false });
const wrong = (text: string): Problem => ({ text, isWrong: true });

/** Empty where the form means an alert. */
export function problemsOf(form: AlertForm, nowMs: number): Problems {
  return { ...conditionProblems(form), ...timeProblems(form, nowMs) };
}

function conditionProblems(form: AlertForm): Problems {
  const { kind, symbol, price, figureLevel } = form;
  const named: Problems = symbol === '' ? { symbol: missing(say`Say which symbol.`) } : {};
  switch (kind) {
    case 'price':
      if (price === null) return { ...named, price: missing(say`Say at which bid.`) };
      return price > 0 ? named : { ...named, price: wrong(say`A price is above 0.`) };
    case 'rule':
      return { ...named, ...ruleProblems(form) };
    case 'account':
      if (figureLevel === null) return { figureLevel: missing(say`Say at which level.`) };
      return figureLevel < 0 ? { figureLevel: wrong(say`A level is not below 0.`) } : {};
    case 'bot':
      return {};
  }
}

function ruleProblems({ preset, source, period, level }: AlertForm): Problems {
  if (preset === 'own') {
    return source.trim() === '' ? { source: missing(ruleHint) } : {};
  }
  const problems: { period?: Problem; level?: Problem } = {};
  if (preset !== 'macd') {
    const isBars = period !== null && Number.isInteger(period);
    if (period === null) problems.period = missing(say`Say how many bars.`);
    else if (!isBars || period < fewestBars || period > mostBars) {
      problems.period = wrong(say`Whole bars, from ${fewestBars} to ${mostBars}.`);
    }
  }
  if (preset === 'rsi') {
    if (level === null) problems.level = missing(say`Say at which level.`);
    else if (level < 0 || level > 100) problems.level = wrong(say`The RSI is from 0 to 100.`);
  }
  return problems;
}

function timeProblems({ repeat, pauseMinutes, untilDay }: AlertForm, nowMs: number): Problems {
  const problems: { pauseMinutes?: Problem; untilDay?: Problem } = {};
  if (repeat === 'every') {
    if (pauseMinutes === null) problems.pauseMinutes = missing(say`Say how many minutes.`);
    else if (pauseMinutes < 1 || pauseMinutes > mostPauseMinutes) {
      problems.pauseMinutes = wrong(say`From 1 to ${mostPauseMinutes} minutes.`);
    }
  }
  if (untilDay !== '' && !(endOfDay(untilDay) > nowMs)) {
    problems.untilDay = wrong(say`This day is over: choose a later one, or none.`);
  }
  return problems;
}

/** A day lasts to its end where the trader is; NaN where it is none. */
export function endOfDay(day: string): number {
  return new Date(`${day}T23:59:59`).getTime();
}

/** What a field shows below it. */
export function below(
  problem: Problem | undefined,
  hint?: string,
): { readonly hint: string | undefined; readonly error: string | undefined } {
  if (!problem) return { hint, error: undefined };
  return problem.isWrong ? { hint, error: problem.text } : { hint: problem.text, error: undefined };
}
