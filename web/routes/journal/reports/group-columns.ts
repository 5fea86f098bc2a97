/** The groups of a report as a table and as bars. */
import { leastTelling, type GroupFigures } from '#core/journal/group-figures.ts';
import type { GroupKind } from '#core/journal/group-kinds.ts';
import type { TripGroup } from '#core/journal/trip-report.ts';
import type { FilterChoice } from '#lib/journal/filter-choice.svelte.ts';
import { keyText, type GroupNames } from '#lib/journal/group-words.ts';
import { rText, toneOf } from '#lib/journal/trip-words.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText } from '#lib/words/numbers.ts';
import { say } from '#lib/words/language.ts';

export interface GroupRow extends TripGroup {
  /** In the order in which the report has them. */
  readonly place: number;
  readonly name: string;
}

export function groupRows(
  kind: GroupKind,
  groups: readonly TripGroup[],
  names: GroupNames,
): readonly GroupRow[] {
  return groups.map((group, place) => ({ ...group, place, name: keyText(kind, group.key, names) }));
}

export const wonShare = ({ won, trips }: GroupFigures): number | null =>
  trips === 0 ? null : (100 * won) / trips;

/** `text` says a result in the unit of the report; `amount`: it is money. */
export function groupColumns(
  label: string,
  text: (value: number | null) => string,
  { amount, byName }: { readonly amount: boolean; readonly byName: boolean },
): readonly Column<GroupRow>[] {
  const number = true;
  // A phone has room for the name, how many, and what they brought.
  const minor = true;
  return [
    {
      id: 'name',
      label,
      value: ({ place, name }) => (byName ? name : place),
      text: ({ name }) => name,
    },
    {
      ...{ id: 'trips', label: say`Round trips`, number },
      value: ({ trips }) => trips,
      text: ({ trips }) => numberText(trips),
    },
    {
      id: 'won',
      minor,
      label: say`Won`,
      unit: '%',
      number,
      value: wonShare,
      text: (row) => numberText(wonShare(row), 0),
    },
    {
      ...{ id: 'net', label: say`Net result`, number, amount },
      value: ({ net }) => net,
      text: ({ net }) => text(net),
      tone: ({ net }) => toneOf(net),
    },
    {
      ...{ id: 'expectancy', label: say`Expectancy`, number, amount, minor },
      about: say`What a round trip brought in the mean.`,
      value: ({ expectancy }) => expectancy,
      text: ({ expectancy }) => text(expectancy),
      tone: ({ expectancy }) => toneOf(expectancy),
    },
    {
      ...{ id: 'band', label: say`Between`, number, amount, minor },
      about: say`Where the true expectancy lies with 95 % certainty, by Student’s t. Fewer than ${leastTelling} round trips, or results all alike, cannot tell.`,
      value: ({ expectancyBand }) => expectancyBand?.low ?? null,
      text: ({ expectancyBand, trips }) =>
        expectancyBand === null
          ? trips < leastTelling
            ? say`too few`
            : none
          : say`${text(expectancyBand.low)} and ${text(expectancyBand.high)}`,
      tone: () => 'quiet',
    },
    {
      ...{ id: 'factor', label: say`Profit factor`, number, minor },
      about: say`What was won ÷ what was lost; above 1 the winners carry the losers.`,
      value: ({ profitFactor }) => profitFactor,
      text: ({ profitFactor }) => (profitFactor === null ? none : numberText(profitFactor, 2)),
    },
    {
      ...{ id: 'r', label: say`Expectancy in R`, number, minor },
      value: ({ expectancyR }) => expectancyR,
      text: ({ expectancyR }) => rText(expectancyR),
      tone: ({ expectancyR }) => toneOf(expectancyR),
    },
  ];
}

/** Kinds whose groups the filter of the journal can leave alone. */
const filterable = ['symbol', 'tag', 'playbook', 'mistake', 'account'] as const;

/** Narrows the filter to a group; false where it cannot. */
export function narrow(choice: FilterChoice, kind: GroupKind, key: string): boolean {
  if (key === '') return false;
  if (kind === 'side') {
    choice.side = key === 'sell' ? 'sell' : 'buy';
    return true;
  }
  const field = filterable.find((each) => each === kind);
  if (field) choice[field] = key;
  return field !== undefined;
}

export const canNarrow = (kind: GroupKind): boolean =>
  kind === 'side' || filterable.some((each) => each === kind);
