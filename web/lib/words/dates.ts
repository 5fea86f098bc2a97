/** Days and months in words, in the chosen language; tables and files have `2026-11-27` in each. */
import { spoken } from './language.ts';

// English where the device does not know the language: else it would take its own.
const languages = [spoken?.code ?? 'en', 'en'];
const written = (format: Intl.DateTimeFormatOptions): ((day: string) => string) => {
  const { format: write } = new Intl.DateTimeFormat(languages, { ...format, timeZone: 'UTC' });
  return (day) => write(new Date(day));
};

/** `Friday, November 27, 2026` of `2026-11-27`. */
export const dayTitle = written({
  ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
});
/** `November 2026` of `2026-11`. */
export const monthTitle = written({ month: 'long', year: 'numeric' });
/** `Nov` of `2026-11`. */
export const monthName = written({ month: 'short' });
