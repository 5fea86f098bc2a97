/**
 * Keys as they are kept and shown: `Ctrl+Shift+K`, `F9`, `?`, or one after the other, `G H`.
 *
 * Ctrl stands for the command key of a Mac too. Letters are capitals whatever was held; Shift is
 * named beside letters and named keys, not beside signs, which hold it already.
 */
import { say } from '../words/language.ts';

/** What is read of a key event. */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  getModifierState(name: string): boolean;
}

const modifiers = ['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'CapsLock', 'Dead', 'Process'];

/** The chord that is pressed; null while only keys such as Ctrl are held. */
export function chordOf(event: PressedKey): string | null {
  if (modifiers.includes(event.key) || event.key === '') return null;
  // AltGr writes signs; Windows tells it as Ctrl and Alt together.
  const writes = event.getModifierState('AltGraph');
  const isCommand = !writes && (event.ctrlKey || event.metaKey);
  const isAlt = !writes && event.altKey;
  const name = nameOf(event, isCommand || isAlt);
  const isSign = name.length === 1 && !/[A-Z]/.test(name);
  return [
    isCommand && 'Ctrl',
    isAlt && 'Alt',
    event.shiftKey && (!isSign || isCommand || isAlt) && 'Shift',
    name,
  ]
    .filter((part) => part !== false)
    .join('+');
}

/** The key by its sign; by its place where it writes no Latin letter, or Alt makes another of it. */
function nameOf({ key, code }: PressedKey, isCommand: boolean): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1];
  if (key === ' ') return 'Space';
  if (key === '+') return 'Plus';
  if (key.length > 1) return key;
  const isLatin = /[ -~]/.test(key);
  return place && (!isLatin || (isCommand && !/[a-z]/i.test(key))) ? place : key.toUpperCase();
}

/** Whether a chord would be typed as text, and so waits while somebody types. */
export function isTyped(chord: string): boolean {
  return !/^(Ctrl|Alt)\+/.test(chord) && !/^(Shift\+)?F\d+$/.test(chord);
}

const shown: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  Plus: '+',
};
const onMac: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };

/** Each step as people read it: `Ctrl K`, then perhaps another. */
export function keyCaps(keys: string, { isMac }: { readonly isMac: boolean }): readonly string[] {
  if (keys === '') return [];
  return keys.split(' ').map((chord) =>
    chord
      .split('+')
      .map((part) => (isMac ? onMac[part] : undefined) ?? shown[part] ?? part)
      .join(' '),
  );
}

/** Keys that a browser or the system keeps for itself, so that a page never hears them. */
const kept = new Set([
  ...['Ctrl+W', 'Ctrl+T', 'Ctrl+N', 'Ctrl+Q', 'Ctrl+Shift+W', 'Ctrl+Shift+T', 'Ctrl+Shift+N'],
  ...['Ctrl+Tab', 'Ctrl+Shift+Tab', 'Alt+F4', 'Alt+Tab', 'F11', 'F12'],
]);
/** Keys by which a browser loads anew, goes back, finds, prints, zooms and changes tabs. */
const browsers = new Set([
  ...['F1', 'F3', 'F5', 'F6', 'F7', 'Ctrl+F5', 'Ctrl+R', 'Ctrl+Shift+R', 'Ctrl+L', 'Ctrl+F'],
  ...['Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home', 'Ctrl+P', 'Ctrl+G', 'Ctrl+Shift+G'],
  ...['Ctrl+Plus', 'Ctrl+Shift+Plus', 'Ctrl+-', 'Ctrl+=', 'Ctrl+0', 'Ctrl+PageUp', 'Ctrl+PageDown'],
  ...['Ctrl+D', 'Ctrl+H', 'Ctrl+J', 'Ctrl+O', 'Ctrl+S', 'Ctrl+U', 'Ctrl+Shift+I', 'Ctrl+Shift+J'],
]);
/** Keys by which one moves and leaves; taken away, a page could not be used by keys. */
const needed = new Set(['Tab', 'Shift+Tab', 'Escape', 'Enter', 'Space']);
const editing = new Set(['Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+A', 'Ctrl+Z', 'Ctrl+Shift+Z']);

/** Why keys cannot be chosen; null where they can. */
export function refusalOf(chord: string): string | null {
  if (kept.has(chord)) return say`The browser keeps these keys for itself.`;
  if (browsers.has(chord) || /^(Ctrl|Alt)\+\d$/.test(chord)) {
    return say`Browsers use these keys themselves, to reload, go back, find or zoom.`;
  }
  if (needed.has(chord)) return say`Pages need this key to be used without a mouse.`;
  if (editing.has(chord)) return say`These keys copy, paste and undo everywhere.`;
  return null;
}
