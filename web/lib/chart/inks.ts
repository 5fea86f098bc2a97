/** The colours that a trader chooses among, by name: each is a token that both themes define. */
import { say } from '../words/language.ts';

export const inks = [
  { name: 'accent', label: say`Sea green` },
  { name: 'blue', label: say`Blue` },
  { name: 'orange', label: say`Orange` },
  { name: 'green', label: say`Green` },
  { name: 'red', label: say`Red` },
  { name: 'warning', label: say`Ochre` },
  { name: 'text-2', label: say`Grey` },
  { name: 'text', label: say`Ink` },
] as const;

export type InkName = (typeof inks)[number]['name'];

/** The ink of that name, or the first where a later version knows more. */
export function inkNamed(name: string | undefined): InkName {
  return inks.find((each) => each.name === name)?.name ?? 'accent';
}

/** Inks for the outputs of an indicator, going on from those that are used already. */
export function inksFor(outputs: number, used: number): readonly InkName[] {
  const order: readonly InkName[] = ['blue', 'orange', 'accent', 'warning', 'red', 'green'];
  return Array.from({ length: outputs }, (_, k) => order[(used + k) % order.length]!);
}
