/**
 * Which settings are the newer ones, this device's or the account's, and whose they are.
 *
 * The later change wins. A device's changes made while somebody else was signed in say nothing
 * about this account: then its own settings are taken.
 */

/** What the device remembers of its settings. */
export interface LocalSettings {
  /** The settings as text, to see whether they were changed since. */
  readonly text: string;
  /** When they were last changed here or taken from an account; 0 = never. */
  readonly changedMs: number;
  /** Whose account was signed in then; null = nobody's. */
  readonly userId: string | null;
}
export interface AccountSettings {
  readonly value: unknown;
  readonly changedMs: number;
}

/** The memory after the settings were found to be `text`; the same object when nothing changed. */
export function noteSettings(
  before: LocalSettings | null,
  now: { readonly text: string; readonly defaults: string },
  nowMs: number,
  userId: string | null,
): LocalSettings {
  if (before?.text === now.text) return before;
  // A device seen for the first time with the defaults has chosen nothing yet.
  const isUntouched = before === null && now.text === now.defaults;
  return { text: now.text, changedMs: isUntouched ? 0 : nowMs, userId };
}

export function settingsToKeep(
  local: LocalSettings,
  kept: AccountSettings | null,
  userId: string,
): 'take' | 'give' | 'leave' {
  const isOthers = local.userId !== null && local.userId !== userId;
  if (!kept) return local.changedMs > 0 ? 'give' : 'leave';
  if (isOthers || kept.changedMs > local.changedMs) return 'take';
  return local.changedMs > kept.changedMs ? 'give' : 'leave';
}

/** What was remembered, or null where it is missing or damaged. */
export function readLocalSettings(text: string | null): LocalSettings | null {
  try {
    const { text: kept, changedMs, userId } = JSON.parse(text ?? '{}') as Partial<LocalSettings>;
    if (typeof kept !== 'string' || typeof changedMs !== 'number') return null;
    return { text: kept, changedMs, userId: typeof userId === 'string' ? userId : null };
  } catch {
    // Damaged: as if nothing were remembered.
    return null;
  }
}
