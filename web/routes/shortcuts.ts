/** Keys as the pages show them, and when a key is meant for what is typed in. */
import { browser } from '$app/environment';

/** Whether keys go into what has the focus, so that letters there are no shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Whether the command key stands where others have Ctrl. */
export const isMac = browser && /Mac|iPhone|iPad/.test(navigator.userAgent);
