/**
 * Keeps looks and times with the account: taken at sign-in where they are newer there, else
 * given; each change is given while signed in. Nothing waits for it, and after signing out the
 * device keeps its look.
 */
import { untrack } from 'svelte';
import { preferences, readPreferences, type Preferences } from '../state/preferences.svelte.ts';
import { account } from './account.svelte.ts';
import { call } from './api.ts';
import {
  noteSettings,
  readLocalSettings,
  settingsToKeep,
  type AccountSettings,
  type LocalSettings,
} from './settings-changes.ts';

const memoryKey = 'offing.settings-changed';
const switchKey = 'offing.settings-apart';
const pauseMs = 1_000;

/** All but the width of the navigation, which belongs to the screen. */
function shared({ navigation: _, ...rest }: Preferences): Omit<Preferences, 'navigation'> {
  return rest;
}

class SettingsSync {
  /** Whether this device takes part. */
  on = $state(read(switchKey) === null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Follows the preferences and the account until the returned function is called. */
  follow(): () => void {
    return $effect.root(() => {
      $effect(() => {
        const text = JSON.stringify(shared(preferences.chosen));
        const userId = account.account?.userId ?? null;
        const isSignedIn = account.status === 'signed-in';
        const isOn = this.on;
        untrack(() => {
          const noted = this.note(text, userId);
          if (isOn && isSignedIn && userId) this.later(userId, noted);
        });
      });
      return () => clearTimeout(this.timer);
    });
  }

  turn(on: boolean): void {
    this.on = on;
    write(switchKey, on ? null : 'yes');
  }

  /** True when the settings are others than those the account was last known to have. */
  private note(text: string, userId: string | null): boolean {
    const before = asWritten(readLocalSettings(read(memoryKey)));
    const defaults = JSON.stringify(shared(readPreferences({})));
    const after = noteSettings(before, { text, defaults }, Date.now(), userId);
    if (after !== before) remember(after);
    return after !== before;
  }

  /** Waits for the end of a run of changes, then compares with the account. */
  private later(userId: string, hasChanged: boolean): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.compare(userId), hasChanged ? pauseMs : 0);
  }

  /** Failing is no matter: the account is looked at again when the server is back. */
  private async compare(userId: string): Promise<void> {
    const answer = await call((server) => server.account.settings.query());
    const local = readLocalSettings(read(memoryKey));
    if (!answer.ok || !local) return;
    const kept = answer.value.settings;
    const todo = settingsToKeep(local, kept, userId);
    if (todo === 'take' && kept) this.take(kept, userId);
    if (todo !== 'give') return;
    const given = await call((server) =>
      server.account.putSettings.mutate({
        value: JSON.parse(local.text) as Record<string, unknown>,
        changedMs: local.changedMs,
      }),
    );
    // Another device may have been faster: the server answers with what it keeps.
    const newest = given.ok ? given.value.settings : null;
    if (newest && newest.changedMs > local.changedMs) this.take(newest, userId);
  }

  private take(kept: AccountSettings, userId: string): void {
    const { navigation } = preferences.chosen;
    const taken = shared({ ...readPreferences(kept.value), navigation });
    // Remembered first, so that taking them is not seen as a choice made here.
    remember({ text: JSON.stringify(taken), changedMs: kept.changedMs, userId });
    preferences.change(taken);
  }
}

/** What an earlier version remembered as this one writes it, so that a new choice is no change. */
function asWritten(settings: LocalSettings | null): LocalSettings | null {
  if (!settings) return null;
  try {
    const text = JSON.stringify(shared(readPreferences(JSON.parse(settings.text))));
    return { ...settings, text };
  } catch {
    // Damaged: then it differs, and counts as changed.
    return settings;
  }
}

function remember(settings: LocalSettings): void {
  write(memoryKey, JSON.stringify(settings));
}
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Refused: as on a device that remembers nothing.
    return null;
  }
}
function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Refused: the choice holds until the page is closed.
  }
}

export const settingsSync = new SettingsSync();
