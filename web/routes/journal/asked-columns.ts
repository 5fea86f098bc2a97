/** Columns of the journal's list for who asks for them; a new one is named in `columnsAskedFor` as well. */
import { isClosed, type Excursion } from '#core/journal/excursion.ts';
import { costsOf, moneyPerPrice, planOf, plannedRatio } from '#core/journal/trip-figures.ts';
import type { GroupNames } from '#lib/journal/group-words.ts';
import type { columnsAskedFor } from '#lib/journal/list-look.svelte.ts';
import { tripPriceText } from '#lib/journal/trip-words.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText, signedText } from '#lib/words/numbers.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import type { ExcursionsById, JournalTrip } from '#workers/journal/api.ts';
import { say } from '#lib/words/language.ts';

type AskedColumn = Column<JournalTrip> & { readonly id: (typeof columnsAskedFor)[number] };

interface Known {
  readonly names: GroupNames;
  readonly excursions: ExcursionsById;
}

export function askedColumns(
  times: TimeDisplay,
  digits: ReadonlyMap<string, number>,
  { names, excursions }: Known,
): readonly AskedColumn[] {
  /** In money; null where no bars reach over it, and where the worth of a price is not known. */
  const went = (row: JournalTrip, way: (excursion: Excursion) => number): number | null => {
    const excursion = excursions[row.id];
    const worth = isClosed(row) ? moneyPerPrice(row) : null;
    return excursion && worth !== null ? way(excursion) * worth : null;
  };
  const worst = (row: JournalTrip) => went(row, ({ mae }) => 0 - mae);
  const best = (row: JournalTrip) => went(row, ({ mfe }) => mfe);
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
      value: (row) => row.account,
      text: (row) => names.account(row.account),
    },
    {
      ...{ id: 'playbook', label: say`Playbook`, long: true, unsortable: true },
      value: (row) => (row.playbook === null ? null : names.playbook(row.playbook)),
    },
    {
      ...{ id: 'mistakes', label: say`Mistakes`, long: true },
      value: (row) => row.mistakes.join(', ') || null,
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
    {
      ...{ id: 'mae', label: 'MAE', number: true, amount: true, unsortable: true },
      about: say`How far it went against you before its exit, before costs; by the bars on this device.`,
      value: worst,
      text: (row) => signedText(worst(row)),
    },
    {
      ...{ id: 'mfe', label: 'MFE', number: true, amount: true, unsortable: true },
      about: say`How far it went for you before its exit, before costs; by the bars on this device.`,
      value: best,
      text: (row) => signedText(best(row)),
    },
  ];
}
