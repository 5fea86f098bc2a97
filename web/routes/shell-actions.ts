/** What can be done on every page, by key or from the palette; fetched after the first page. */
import { goto } from '$app/navigation';
import { page } from '$app/state';
import { account } from '#lib/account/account.svelte.ts';
import type { ProvidedAction } from '#lib/keyboard/actions.svelte.ts';
import { notify } from '#lib/state/notices.ts';
import { preferences } from '#lib/state/preferences.svelte.ts';
import { sample, sampleId } from '#lib/state/sample.svelte.ts';
import { takeFiles } from '#lib/state/take-files.ts';
import { sync } from '#lib/sync/sync.svelte.ts';
import { zoneLabel } from '#lib/words/times.ts';
import { priceFiles } from './prices/price-files.ts';
import { say } from '#lib/words/language.ts';

export function shellActions(): readonly ProvidedAction[] {
  return [...looks(), ...general, ...data];
}

function looks(): readonly ProvidedAction[] {
  const { theme, amounts, density, navigation } = preferences.current;
  const dark =
    theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  return [
    {
      id: 'look.theme',
      name: dark ? say`Light theme` : say`Dark theme`,
      run: () => preferences.set('theme', dark ? 'light' : 'dark'),
    },
    {
      id: 'look.amounts',
      name: amounts === 'hidden' ? say`Show amounts` : say`Hide amounts`,
      run: () => preferences.set('amounts', amounts === 'hidden' ? 'shown' : 'hidden'),
    },
    {
      id: 'look.density',
      name: say`Next row height, now ${{ compact: 'compact', normal: 'normal', touch: say`for fingers` }[density]}`,
      run: () => preferences.set('density', next(['compact', 'normal', 'touch'], density)),
    },
    {
      id: 'look.navigation',
      name: navigation === 'narrow' ? say`Unfold the navigation` : say`Fold the navigation`,
      run: () => preferences.set('navigation', navigation === 'narrow' ? 'wide' : 'narrow'),
    },
    { id: 'look.times', run: nextClock },
    ...clocks(),
  ];
}

const clockNames = {
  utc: 'UTC',
  server: say`the server’s clock`,
  local: say`this device’s clock`,
  zone: say`your zone`,
} as const;

/** One's own zone only where one was chosen. */
function choices(): readonly (keyof typeof clockNames)[] {
  return preferences.chosen.zone === ''
    ? ['utc', 'server', 'local']
    : ['utc', 'server', 'local', 'zone'];
}
function clocks(): readonly ProvidedAction[] {
  return choices()
    .filter((each) => each !== preferences.chosen.times)
    .map((each) => ({
      id: `clock.${each}`,
      name: say`Show times by ${clockNames[each]}`,
      group: say`Looks and times`,
      keys: '',
      run: () => preferences.set('times', each),
    }));
}
function nextClock(): void {
  preferences.set('times', next(choices(), preferences.chosen.times));
  const { times } = preferences.chosen;
  const shown = zoneLabel(preferences.current.times);
  void notify({
    id: 'clock',
    text: say`Times are shown by ${clockNames[times]}`,
    detail:
      times === 'server' && preferences.serverZone === null
        ? say`UTC until a page shows prices or an account with a server.`
        : times === 'local' || times === 'utc'
          ? undefined
          : shown,
  });
}
function next<Value>(all: readonly Value[], now: Value): Value {
  return all[(all.indexOf(now) + 1) % all.length] ?? now;
}

const general: readonly ProvidedAction[] = [
  { id: 'shell.back', run: () => history.back() },
  {
    id: 'shell.copy-address',
    run: () =>
      void navigator.clipboard
        .writeText(page.url.href)
        .then(() => notify({ text: say`The address is copied` })),
  },
  { id: 'shell.sync', when: () => typeof sync.owner === 'string', run: () => sync.retry() },
  {
    id: 'shell.sign-out',
    when: () => account.account !== null,
    run: () => void import('#lib/account/sign-out.ts').then(({ signOut }) => signOut()),
  },
];

const data: readonly ProvidedAction[] = [
  { id: 'data.import', run: pickFiles },
  {
    id: 'data.sample',
    run: () => void sample.load().then((ok) => void (ok && goto(`/prices/?series=${sampleId}`))),
  },
  { id: 'data.backup', run: () => void goto('/settings/#backup') },
  {
    // The page of notes has it with a key, about what is open there.
    ...{ id: 'notes.new', name: say`Write a new note`, group: 'Notes', keys: '', isFixed: true },
    when: () => page.url.pathname !== '/notes/',
    run: () =>
      void import('./notes/note-actions.ts').then(({ createNote }) =>
        createNote({ subject: null, tag: null }, (id) => `/notes/?note=${id}`),
      ),
  },
  {
    id: 'guide.show',
    when: () => preferences.current.guide === 'put-away',
    run: () => {
      preferences.set('guide', 'shown');
      void goto('/');
    },
  },
];

function pickFiles(): void {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept: priceFiles, multiple: true });
  input.addEventListener('change', () => void takeFiles([...(input.files ?? [])]), { once: true });
  input.click();
}
