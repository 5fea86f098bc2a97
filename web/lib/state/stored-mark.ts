/**
 * A mark in localStorage that something is stored here, for static/theme.js to read before the
 * database can be asked: pages are prerendered as a first visit, and must not flash it later.
 */
const key = 'offing.stored';

export function markStored(isAnything: boolean): void {
  try {
    if (isAnything) localStorage.setItem(key, 'yes');
    else localStorage.removeItem(key);
  } catch {
    // Without storage the first visit is drawn each time, then replaced.
  }
}
