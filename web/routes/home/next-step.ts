/** The one thing to do next, by what is there. */
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Upload from '@lucide/svelte/icons/upload';
import type { Component } from 'svelte';
import { say } from '#lib/words/language.ts';

export interface NextStep {
  readonly href: string;
  readonly label: string;
  readonly text: string;
  readonly icon: Component<{ size?: number }>;
}

export function nextStep(there: {
  readonly series: number;
  readonly strategies: number;
}): NextStep {
  if (there.series === 0) {
    return {
      ...{ href: '/prices/', label: say`Import prices`, icon: Upload },
      text: say`A run needs prices to run on.`,
    };
  }
  if (there.strategies === 0) {
    return {
      ...{ href: '/strategies/', label: say`Choose a strategy`, icon: ScrollText },
      text: say`Start from a template, or write your own rules.`,
    };
  }
  return {
    ...{ href: '/backtest/', label: say`Run a backtest`, icon: FlaskConical },
    text: say`Prices and rules are there: see what they would have made.`,
  };
}
