/** What can be done by key or from the palette: one line per action, done by who provides it. */
import { pages } from '../navigation.ts';
import { say } from '../words/language.ts';

export interface ActionSpec {
  /** Kept with the trader's own keys: never renamed. */
  readonly id: string;
  readonly name: string;
  readonly group: string;
  /** As `chord.ts` writes them; '' = none unless one is chosen. */
  readonly keys: string;
  /** The address of the only page that has it. */
  readonly page?: string;
  /** Read by a page itself, see `all-keys.ts`. */
  readonly isFixed?: true;
}

export const everywhere = say`Everywhere`;
const looks = say`Looks and times`;
const data = say`Data`;
const goTo = say`Go to`;

const general = [
  { id: 'shell.find', name: say`Find anything`, group: everywhere, keys: 'Ctrl+K' },
  { id: 'shell.keys', name: say`Show all keys`, group: everywhere, keys: '?' },
  { id: 'shell.back', name: say`Go back`, group: everywhere, keys: '' },
  {
    id: 'shell.copy-address',
    name: say`Copy the address of this page`,
    group: everywhere,
    keys: '',
  },
  { id: 'shell.sync', name: say`Sync now`, group: everywhere, keys: '' },
  { id: 'shell.sign-out', name: say`Sign out`, group: everywhere, keys: '' },
  { id: 'look.theme', name: say`Dark or light theme`, group: looks, keys: 'Shift+D' },
  { id: 'look.amounts', name: say`Hide or show amounts`, group: looks, keys: 'Shift+H' },
  {
    id: 'look.times',
    name: say`Next clock: UTC, server, this device`,
    group: looks,
    keys: 'Shift+Z',
  },
  { id: 'look.density', name: say`Next row height`, group: looks, keys: '' },
  {
    id: 'look.navigation',
    name: say`Fold or unfold the navigation`,
    group: looks,
    keys: 'Shift+N',
  },
  { id: 'data.import', name: say`Import price files`, group: data, keys: '' },
  { id: 'data.sample', name: say`Load the sample prices`, group: data, keys: '' },
  { id: 'data.backup', name: say`Save a backup`, group: data, keys: '' },
  { id: 'guide.show', name: say`Show the first steps`, group: data, keys: '' },
] as const satisfies readonly ActionSpec[];

const ofPages = [
  {
    id: 'backtest.run',
    name: say`Run the backtest`,
    group: 'Backtest',
    keys: 'Ctrl+Enter',
    page: '/backtest/',
  },
  {
    id: 'journal.enter',
    name: say`Enter a round trip by hand`,
    group: say`Journal`,
    keys: 'C',
    page: '/journal/',
  },
  {
    id: 'journal.next',
    name: say`Next round trip`,
    group: say`Journal`,
    keys: 'J',
    page: '/journal/',
  },
  {
    id: 'journal.previous',
    name: say`Previous round trip`,
    group: say`Journal`,
    keys: 'K',
    page: '/journal/',
  },
  { id: 'notes.new', name: say`Write a new note`, group: say`Notes`, keys: 'C', page: '/notes/' },
  {
    id: 'notes.search',
    name: say`Search the notes`,
    group: say`Notes`,
    keys: '/',
    page: '/notes/',
  },
] as const satisfies readonly ActionSpec[];

export type ActionId = (typeof general)[number]['id'] | (typeof ofPages)[number]['id'];

export const actionSpecs: readonly ActionSpec[] = [
  ...general,
  ...pages.map(({ href, label, key }) => ({
    ...{ id: `go.${href}`, name: say`Go to ${label}`, group: goTo },
    keys: `G ${key.toUpperCase()}`,
  })),
  ...ofPages,
];

export function specOf(id: string): ActionSpec | undefined {
  return actionSpecs.find((each) => each.id === id);
}
