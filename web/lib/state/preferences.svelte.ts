/**
 * What the trader has chosen about looks and times, on this device.
 *
 * Kept twice: in localStorage, which static/theme.js reads before the first paint, and as the
 * row `preferences` of the settings table, which the archive carries and other tabs follow.
 */
import { liveQuery } from 'dexie';
import { browser } from '$app/environment';
import { putLocal } from '#workers/store/local-settings.ts';
import type { TimeDisplay } from '../words/times.ts';
import { database } from './database.ts';

export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'normal' | 'touch';
  /** Up, then down. */
  pair: 'blue-orange' | 'orange-blue' | 'green-red' | 'red-green';
  amounts: 'shown' | 'hidden';
  navigation: 'wide' | 'narrow';
  times: TimeDisplay;
}

const defaults: Preferences = {
  theme: 'system',
  density: 'normal',
  pair: 'blue-orange',
  amounts: 'shown',
  navigation: 'wide',
  times: 'utc',
};
const allowed: { readonly [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  theme: ['system', 'light', 'dark'],
  density: ['compact', 'normal', 'touch'],
  pair: ['blue-orange', 'orange-blue', 'green-red', 'red-green'],
  amounts: ['shown', 'hidden'],
  navigation: ['wide', 'narrow'],
  times: ['utc', 'local'],
};
const kept = 'offing.appearance';

/** The preferences in a stored value, defaults where it is missing, old or damaged. */
export function readPreferences(stored: unknown): Preferences {
  const values = { ...defaults } as Record<string, string>;
  if (typeof stored === 'object' && stored !== null) {
    for (const [name, value] of Object.entries(stored)) {
      const choices: readonly string[] | undefined = allowed[name as keyof Preferences];
      if (typeof value === 'string' && choices?.includes(value)) values[name] = value;
    }
  }
  return values as unknown as Preferences;
}

function fromLocalStorage(): Preferences {
  try {
    return readPreferences(JSON.parse(localStorage.getItem(kept) ?? '{}'));
  } catch {
    // Storage refused or damaged: the defaults stand, and the table may know better.
    return { ...defaults };
  }
}

class PreferenceState {
  readonly current = $state<Preferences>(browser ? fromLocalStorage() : { ...defaults });
  /** Rises whenever colours may have changed, for charts, which read them from the page. */
  looks = $state(0);

  set<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
    this.current[name] = value;
    this.show();
    // A device without IndexedDB still remembers through localStorage.
    putLocal(database, 'preferences', { ...this.current }).catch(() => undefined);
  }

  /** Follows other tabs and restored archives until the returned function is called. */
  follow(): () => void {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => this.looks++;
    system.addEventListener('change', changed);
    const subscription = liveQuery(() => database.settings.get('preferences')).subscribe({
      next: (row) => {
        if (!row) return;
        Object.assign(this.current, readPreferences(row.value));
        this.show();
      },
      error: () => undefined,
    });
    return () => {
      system.removeEventListener('change', changed);
      subscription.unsubscribe();
    };
  }

  private show(): void {
    for (const [name, value] of Object.entries(this.current)) {
      document.documentElement.dataset[name] = value;
    }
    this.looks++;
    try {
      localStorage.setItem(kept, JSON.stringify(this.current));
    } catch {
      // Private windows may refuse; the settings table still holds the choice.
    }
  }
}

export const preferences = new PreferenceState();
