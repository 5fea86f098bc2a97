/** What a folded part of the settings form holds beyond its neutral values, in a few words. */
import type { SettingsForm } from './settings-form.ts';
import { say } from '../words/language.ts';

const states = (text: string) => !/^[-+0.,\s]*$/.test(text);

/** The costs set under More costs, for example `fee per lot, swap`; empty = none. */
export function costsSummary(form: SettingsForm): string {
  return listed([
    [states(form.commissionPerLot), say`fee per lot`],
    [states(form.commissionMinimum), say`minimum fee`],
    [states(form.spreadPoints) || form.spreadColumn, 'spread'],
    [form.slippage !== 'none' && states(form.slippagePoints), 'slippage'],
    [states(form.swapLong) || states(form.swapShort), 'swap'],
  ]);
}

const paths: Record<SettingsForm['path'], string> = {
  pessimistic: '',
  optimistic: say`the better way first`,
  adaptive: say`the nearer extreme first`,
  lowerTimeframe: say`along smaller bars`,
  ticks: say`along ticks`,
};

/** What is chosen under How orders fill, for example `along ticks, long only`; empty = usual. */
export function fillsSummary(form: SettingsForm): string {
  return listed([
    [form.fill === 'close', say`at the close`],
    [paths[form.path] !== '', paths[form.path]],
    [form.sides !== 'both', say`${form.sides} only`],
    [form.positions !== 'single', form.positions],
    [form.stopOutPercent.trim() !== '', 'stop-out'],
    [[form.volumeStep, form.volumeMin, form.volumeMax].some(states), 'volumes'],
  ]);
}

function listed(parts: readonly (readonly [holds: boolean, words: string])[]): string {
  return parts.flatMap(([holds, words]) => (holds ? [words] : [])).join(', ');
}
