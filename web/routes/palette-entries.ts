/** The things of the trader's that the palette leads to: stored here, and on the server. */
import { goto } from '$app/navigation';
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import type { SavedView } from '#core/collections/journal-view.ts';
import type { Note } from '#core/collections/note.ts';
import type { Run } from '#core/collections/run.ts';
import type { Strategy } from '#core/collections/strategy.ts';
import type { AccountView } from '#core/broker/views.ts';
import type { Role } from '#core/identity/roles.ts';
import type { OfferedSymbol } from '#lib/chart/symbol-search.ts';
import { everywhere } from '#lib/keyboard/action-specs.ts';
import type { Action } from '#lib/keyboard/actions.svelte.ts';
import { pages } from '#lib/navigation.ts';
import { titleOf } from '#lib/notes/note-words.ts';
import { agoText, type TimeDisplay } from '#lib/words/times.ts';
import type { PaletteEntry } from './palette-search.ts';
import { say } from '#lib/words/language.ts';

const go = (href: string) => () => void goto(href);
const q = encodeURIComponent;

const pageName = (id: string) => pages.find(({ href }) => id === `go.${href}`)!.label;

/** Without the key that opened the palette, and with pages by their plain names. */
export function actionEntries(all: readonly Action[]): readonly PaletteEntry[] {
  return all
    .filter(({ id }) => id !== 'shell.find')
    .map(({ id, name, keys, group, run }) => {
      const isPage = id.startsWith('go.');
      return {
        ...{ key: id, keys, run },
        name: isPage ? pageName(id) : name,
        kind: isPage ? say`Page` : group === everywhere ? say`Action` : group,
      };
    });
}

/** Ways that the navigation does not show. */
export function accountPages(role: Role | null, isSignedOut: boolean): readonly PaletteEntry[] {
  const page = (name: string, href: string) => ({
    key: href,
    kind: say`Page`,
    name,
    run: go(href),
  });
  if (role === null) {
    return isSignedOut
      ? [page(say`Sign in`, '/account/sign-in/'), page(say`Create an account`, '/account/sign-up/')]
      : [];
  }
  return [
    page(say`Profile`, '/profile/'),
    page(say`Security`, '/security/'),
    page(say`Devices and sync`, '/devices/'),
    ...(role === 'trader' ? [] : [page(say`Admin`, '/admin/')]),
  ];
}

export interface OwnThings {
  readonly series: readonly PriceSeries[];
  readonly watched: readonly string[];
  readonly strategies: readonly Strategy[];
  readonly runs: readonly Run[];
  readonly notes: readonly Note[];
  /** Of the journal. */
  readonly views: readonly SavedView[];
  readonly accounts: readonly AccountView[];
  /** What those quote. */
  readonly quoted: readonly OfferedSymbol[];
}

export function thingEntries(
  things: OwnThings,
  nowMs: number,
  times: TimeDisplay,
): readonly PaletteEntry[] {
  const charted = things.series.filter((each) => !isTickSeries(each));
  const symbols = [...new Set([...charted.map(({ symbol }) => symbol), ...things.watched])];
  const entry = (kind: string, id: string, name: string, href: string, detail?: string) => ({
    ...{ key: `${kind} ${id}`, kind, name, run: go(href) },
    ...(detail ? { detail } : {}),
  });
  return [
    ...symbols.map((symbol) => entry(say`Chart`, symbol, symbol, `/charts/?symbol=${q(symbol)}`)),
    ...things.quoted.flatMap(({ symbol, accountId, place }) =>
      accountId === null
        ? []
        : entry(
            ...([say`Chart`, `${accountId} ${symbol}`, symbol] as const),
            `/charts/?symbol=${q(symbol)}&account=${q(accountId)}`,
            place,
          ),
    ),
    ...things.accounts.map(({ accountId, name, isSimulated }) =>
      entry(
        say`Account`,
        accountId,
        name,
        `/orders/?account=${q(accountId)}`,
        isSimulated ? 'simulated' : '',
      ),
    ),
    ...things.series.map(({ id, symbol, timeframe }) =>
      entry(say`Prices`, id, `${symbol} ${timeframe}`, `/prices/?series=${q(id)}`),
    ),
    ...things.strategies.map(({ id, name }) =>
      entry(say`Strategy`, id, name, `/strategies/?id=${q(id)}`),
    ),
    ...things.runs.map(({ id, strategyName, seriesId, createdMs }) =>
      entry(
        ...([say`Run`, id, `${strategyName} on ${seriesId}`, `/backtest/?run=${q(id)}`] as const),
        agoText(createdMs, nowMs, times),
      ),
    ),
    ...things.views.map(({ id, name }) =>
      entry(say`View of the journal`, id, name, `/journal/?view=${q(id)}`),
    ),
    ...things.notes.map((note) =>
      entry(say`Note`, note.id, titleOf(note), `/notes/?note=${q(note.id)}`),
    ),
  ];
}
