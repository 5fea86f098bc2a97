/**
 * What the trader has chosen about looks, times and keys, on this device.
 *
 * Kept twice: in localStorage, which static/theme.js reads before the first paint, and as the
 * row `preferences` of the settings table, which the archive carries and other tabs follow.
 */
import { liveQuery } from 'dexie';
import { browser } from '$app/environment';
import { putLocal } from '#workers/store/local-settings.ts';
import { spoken } from '../words/language.ts';
import type { TimeDisplay } from '../words/times.ts';
import { database } from './database.ts';
import {
  defaultPreferences,
  readOwnPair,
  readPreferences,
  timeDisplay,
  type Preferences,
} from './preference-values.ts';

export { readPreferences, type Preferences } from './preference-values.ts';

const kept = 'offing.appearance';
/** What the style sheet picks its tokens by. */
const looks = ['theme', 'density', 'pair', 'amounts', 'navigation'] as const;

/** What pages read: the choices, and how to write a time by them. */
export type ShownPreferences = Readonly<
  Pick<Preferences, (typeof looks)[number] | 'language' | 'guide'> & { times: TimeDisplay }
>;

function fromLocalStorage(): Preferences {
  try {
    return readPreferences(JSON.parse(localStorage.getItem(kept) ?? '{}'));
  } catch {
    // Storage refused or damaged: the defaults stand, and the table may know better.
    return { ...defaultPreferences };
  }
}

class PreferenceState {
  /** As chosen; pages read `current`, where times are ready to be written. */
  readonly chosen = $state<Preferences>(browser ? fromLocalStorage() : { ...defaultPreferences });
  /** The clock of the broker or the prices in sight; null where a page shows neither. */
  serverZone = $state<string | null>(null);
  /** Rises whenever colours may have changed, for charts, which read them from the page. */
  looks = $state(0);
  /** Over once the last choice is in the table, or cannot be. */
  written: Promise<unknown> = Promise.resolve();
  private readonly display: TimeDisplay = $derived(timeDisplay(this.chosen, this.serverZone));
  readonly current: ShownPreferences = this.shown();

  set<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
    this.change({ [name]: value } as unknown as Partial<Preferences>);
  }

  change(values: Partial<Preferences>): void {
    Object.assign(this.chosen, values);
    this.show();
    // A device without IndexedDB still remembers through localStorage.
    const chosen = $state.snapshot(this.chosen);
    this.written = putLocal(database, 'preferences', chosen).catch(() => undefined);
  }

  /** Follows other tabs and restored archives until the returned function is called. */
  follow(): () => void {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => this.looks++;
    system.addEventListener('change', changed);
    const subscription = liveQuery(() => database.settings.get('preferences')).subscribe({
      next: (row) => {
        if (!row) return;
        Object.assign(this.chosen, readPreferences(row.value));
        this.show();
      },
      error: () => undefined,
    });
    return () => {
      system.removeEventListener('change', changed);
      subscription.unsubscribe();
    };
  }

  /** Each choice apart, so that what reads one is drawn anew for that one alone. */
  private shown(): ShownPreferences {
    const { chosen } = this;
    const display = () => this.display;
    return {
      get language() {
        return chosen.language;
      },
      get theme() {
        return chosen.theme;
      },
      get density() {
        return chosen.density;
      },
      get pair() {
        return chosen.pair;
      },
      get amounts() {
        return chosen.amounts;
      },
      get navigation() {
        return chosen.navigation;
      },
      get guide() {
        return chosen.guide;
      },
      get times() {
        return display();
      },
    };
  }

  private show(): void {
    const { dataset, style } = document.documentElement;
    document.documentElement.lang = spoken?.code ?? 'en';
    for (const name of looks) dataset[name] = this.chosen[name];
    const own = readOwnPair(this.chosen.ownPair);
    for (const theme of ['light', 'dark'] as const) {
      for (const way of ['up', 'down'] as const) {
        style.setProperty(`--own-${way}-${theme}`, own?.[theme][way] ?? null);
      }
    }
    this.looks++;
    try {
      localStorage.setItem(kept, JSON.stringify(this.chosen));
    } catch {
      // Private windows may refuse; the settings table still holds the choice.
    }
  }
}

export const preferences = new PreferenceState();
