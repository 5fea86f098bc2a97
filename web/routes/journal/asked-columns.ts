/** Columns of the journal's list for who asks for them; a new one is named in `columnsAskedFor` as well. */
import { costsOf, planOf, plannedRatio } from '#core/journal/trip-figures.ts';
import type { GroupNames } from '#lib/journal/group-words.ts';
import type { columnsAskedFor } from '#lib/journal/list-look.svelte.ts';
import { tripPriceText } from '#lib/journal/trip-words.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText, signedText } from '#lib/words/numbers.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import type { JournalTrip } from '#workers/journal/api.ts';
import { say } from '#lib/words/language.ts';

type AskedColumn = Column<JournalTrip> & { readonly id: (typeof columnsAskedFor)[number] };

export function askedColumns(
  times: TimeDisplay,
  digits: ReadonlyMap<string, number>,
  names: GroupNames,
): readonly AskedColumn[] {
  const price = (row: JournalTrip, value: number | null) =>
    tripPriceText(value, digits.get(row.symbol));
  return [
    {
      id: 'openedMs',
      label: say`Opened`,
      unit: zoneLabel(times),
      value: (row) => row.openedMs,
      text: (row) => timeText(row.openedMs, times),
    },
    {
      ...{ id: 'account', label: say`Account`, long: true },
      value: (row) => names.account(row.account),
    },
    {
      ...{ id: 'playbook', label: say`Playbook`, long: true, unsortable: true },
      value: (row) => (row.playbook === null ? null : names.playbook(row.playbook)),
    },
    {
      ...{ id: 'mistakes', label: say`Mistakes`, long: true },
      value: (row) => row.mistakes.join(', '),
      text: (row) => row.mistakes.join(', ') || none,
    },
    {
      ...{ id: 'sl', label: say`Stop`, number: true },
      value: (row) => planOf(row).sl,
      text: (row) => price(row, planOf(row).sl),
    },
    {
      ...{ id: 'tp', label: say`Target`, number: true },
      value: (row) => planOf(row).tp,
      text: (row) => price(row, planOf(row).tp),
    },
    {
      ...{ id: 'plannedRatio', label: say`Planned R:R`, number: true },
      about: say`Way to the target ÷ way to the stop.`,
      value: (row) => plannedRatio(row, planOf(row)),
      text: (row) => {
        const ratio = plannedRatio(row, planOf(row));
        return ratio === null ? none : numberText(ratio, 2);
      },
    },
    {
      ...{ id: 'costs', label: say`Costs`, number: true, amount: true },
      about: say`Commission, fees and swap.`,
      value: costsOf,
      text: (row) => signedText(costsOf(row)),
    },
  ];
}
