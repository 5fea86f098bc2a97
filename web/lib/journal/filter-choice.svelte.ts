/** What narrows the journal, as its controls hold it; one for all of its pages. */
import {
  isAskable,
  moreFilterNames,
  type MoreFilterName,
  type MoreAsked,
} from '#core/journal/more-filters.ts';
import type { TripFilter } from '#workers/journal/api.ts';
import { preferences } from '../state/preferences.svelte.ts';
import { beginOfDay, dayNamed, endOfDay, zoneOf } from './day-zone.ts';

/** Empty = no matter. */
export class FilterChoice {
  account = $state('');
  symbol = $state('');
  side = $state<'' | 'buy' | 'sell'>('');
  outcome = $state<'' | 'won' | 'lost' | 'open'>('');
  tag = $state('');
  /** Its id. */
  playbook = $state('');
  mistake = $state('');
  /** Days such as `2026-11-27`, both within. */
  from = $state('');
  until = $state('');
  text = $state('');
  /** What else is asked, by its name; what is left out is no matter. */
  more = $state.raw<MoreAsked>({});
  /** The saved view that was chosen last, which may look otherwise by now. */
  viewId = $state<string | null>(null);

  get isEmpty(): boolean {
    const { account, symbol, side, outcome, tag, playbook, mistake, from, until, text } = this;
    const marks = [tag, playbook, mistake];
    const all = [account, symbol, side, outcome, ...marks, from, until, text.trim()];
    return all.every((it) => it === '') && Object.keys(this.more).length === 0;
  }
  /** Empty = no matter; what cannot be asked so changes nothing. */
  ask(name: MoreFilterName, asked: string): void {
    const { [name]: _, ...others } = this.more;
    if (asked === '') this.more = others;
    else if (isAskable(name, asked)) this.more = { ...others, [name]: asked };
  }
  clear(): void {
    this.viewId = null;
    this.account = this.symbol = this.tag = this.from = this.until = this.text = '';
    this.playbook = this.mistake = '';
    this.side = '';
    this.outcome = '';
    this.more = {};
  }
}

/** One for all pages of the journal: what is chosen on one holds on the next. */
export const journalChoice = new FilterChoice();

/** What the controls hold that is not empty, by their names. */
export function fieldsOf(choice: FilterChoice): Readonly<Record<string, string>> {
  const { account, symbol, side, outcome, tag, playbook, mistake, from, until, text } = choice;
  const own = { account, symbol, side, outcome, tag, playbook, mistake, from, until, text };
  const all = { ...own, ...choice.more };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.trim() !== ''));
}

/** Sets all controls; what no control can hold is left empty. */
export function takeFields(
  choice: FilterChoice,
  fields: Readonly<Record<string, string | undefined>>,
): void {
  choice.clear();
  for (const name of texts) choice[name] = fields[name] ?? '';
  choice.from = dayNamed(fields['from'] ?? null) ?? '';
  choice.until = dayNamed(fields['until'] ?? null) ?? '';
  choice.side = (['buy', 'sell'] as const).find((each) => each === fields['side']) ?? '';
  const outcomes = ['won', 'lost', 'open'] as const;
  choice.outcome = outcomes.find((each) => each === fields['outcome']) ?? '';
  for (const name of moreFilterNames) choice.ask(name, fields[name] ?? '');
}

const texts = ['account', 'symbol', 'tag', 'playbook', 'mistake', 'text'] as const;

export function filterOf(choice: FilterChoice): TripFilter {
  const { times } = preferences.current;
  return {
    account: choice.account || null,
    symbol: choice.symbol || null,
    side: choice.side || null,
    outcome: choice.outcome || null,
    tag: choice.tag || null,
    playbook: choice.playbook || null,
    mistake: choice.mistake || null,
    fromMs: beginOfDay(choice.from, times),
    untilMs: endOfDay(choice.until, times),
    text: choice.text.trim(),
    more: choice.more,
    zone: zoneOf(times),
  };
}
