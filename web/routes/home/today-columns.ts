/** The columns of the accounts as they stand today. */
import type { AccountToday } from '#lib/today/today.ts';
import type { Column } from '#lib/ui/table.ts';
import { resultAbout, riskAbout, riskText } from '#lib/today/risk-text.ts';
import { none, numberText, signedText } from '#lib/words/numbers.ts';
import { say } from '#lib/words/language.ts';

const share = (money: number | null, { equity }: AccountToday) =>
  money === null || equity <= 0 ? null : (money / equity) * 100;

export const todayColumns: readonly Column<AccountToday>[] = [
  { id: 'name', label: say`Account`, value: (row) => row.name },
  {
    id: 'equity',
    label: say`Equity`,
    number: true,
    amount: true,
    value: (row) => row.equity,
    text: (row) => numberText(row.equity, 2),
  },
  {
    id: 'currency',
    label: say`In`,
    minor: true,
    value: (row) => row.currency,
    text: (row) => (row.isSimulated ? say`${row.currency}, simulated` : row.currency),
    tone: () => 'quiet',
  },
  {
    id: 'result',
    label: say`Today`,
    about: resultAbout,
    number: true,
    amount: true,
    flashes: true,
    value: (row) => row.result,
    text: (row) => signedText(row.result),
    tone: ({ result }) => (!result ? undefined : result < 0 ? 'down' : 'up'),
  },
  {
    id: 'share',
    label: say`Today`,
    minor: true,
    unit: '%',
    number: true,
    value: (row) => share(row.result, row),
    text: (row) => signedText(share(row.result, row), 2),
    tone: ({ result }) => (!result ? undefined : result < 0 ? 'down' : 'up'),
  },
  {
    id: 'positions',
    label: say`Open`,
    minor: true,
    about: say`Positions`,
    number: true,
    value: (row) => row.positions,
  },
  {
    id: 'risk',
    label: say`At risk`,
    about: riskAbout,
    number: true,
    amount: true,
    value: (row) => row.risk.atStops,
    text: (row) => (row.positions === 0 ? none : riskText(row.risk)),
    tone: ({ risk }) => (risk.withoutStop > 0 ? 'warning' : undefined),
  },
  {
    id: 'level',
    label: say`Level`,
    about: say`Equity ÷ margin`,
    unit: '%',
    minor: true,
    number: true,
    value: (row) => row.marginLevel,
    text: (row) => (row.marginLevel === null ? none : numberText(row.marginLevel * 100)),
  },
  {
    id: 'state',
    label: say`State`,
    minor: true,
    value: (row) => row.state.short,
    tone: ({ state }) => (state.tone === 'ok' ? 'quiet' : state.tone),
  },
];
