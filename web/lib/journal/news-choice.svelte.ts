/** How near news counts, on this device: minutes before and after. */
import type { NewsWindow } from '#core/journal/news.ts';
import { browser } from '$app/environment';

const key = 'offing.news-minutes';
export const mostNewsMinutes = 24 * 60;
const standard = { before: 15, after: 30 };

function kept(): { before: number; after: number } {
  try {
    const [before, after] = (localStorage.getItem(key) ?? '').split(' ').map(Number);
    return isMinutes(before) && isMinutes(after) ? { before, after } : { ...standard };
  } catch {
    // Storage refused: the usual minutes stand.
    return { ...standard };
  }
}
const isMinutes = (value: number | undefined): value is number =>
  Number.isSafeInteger(value) && value !== undefined && value >= 0 && value <= mostNewsMinutes;

class NewsChoice {
  private minutes = $state(browser ? kept() : { ...standard });

  get before(): number {
    return this.minutes.before;
  }
  get after(): number {
    return this.minutes.after;
  }
  readonly window: NewsWindow = $derived({
    beforeMs: this.minutes.before * 60_000,
    afterMs: this.minutes.after * 60_000,
  });
  /** What is no count of minutes changes nothing. */
  set(side: 'before' | 'after', value: number | null): void {
    if (value === null || !isMinutes(value)) return;
    this.minutes[side] = value;
    try {
      localStorage.setItem(key, `${this.minutes.before} ${this.minutes.after}`);
    } catch {
      // Storage refused: it holds until the page is left.
    }
  }
}

export const newsChoice = new NewsChoice();
