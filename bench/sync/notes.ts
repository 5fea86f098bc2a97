/** Notes as traders write them, which any server takes: rows of a synced collection, and edits. */
import { madeRandom } from './journal.ts';

export interface MadeNote {
  readonly id: string;
  readonly fields: Readonly<Record<string, string | number | null>>;
}

const words =
  'gap fill breakout reversal trend pullback open range fade squeeze earnings momentum stop'.split(
    ' ',
  );
/** The fields of a note that are registers, each merged by itself. */
export const noteFields = ['title', 'excerpt', 'subject', 'createdMs', 'updatedMs'] as const;
export type NoteField = (typeof noteFields)[number];

export interface NoteMaker {
  note(index: number): MadeNote;
  /** Another value of the field each time. */
  value(field: NoteField): string | number | null;
}

export function noteMaker(seed: number): NoteMaker {
  const random = madeRandom(seed);
  const whole = (below: number) => Math.floor(random() * below);
  const sentence = (length: number) =>
    Array.from({ length }, () => words[whole(words.length)]!).join(' ');
  const value: NoteMaker['value'] = (field) => {
    if (field === 'title') return `${sentence(3)} ${whole(1e6)}`;
    if (field === 'excerpt') return `${sentence(8)} ${whole(1e6)}`;
    return field === 'subject' ? null : 1.7e12 + whole(1e10);
  };
  return {
    value,
    note: (index) => ({
      id: idOf(index),
      fields: Object.fromEntries(noteFields.map((field) => [field, value(field)])),
    }),
  };
}

/** As `crypto.randomUUID` makes them, the same for an index. */
export function idOf(index: number): string {
  const digits = (Math.imul(index + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return `${digits}-${digits.slice(0, 4)}-4000-8000-${index.toString(16).padStart(12, '0')}`;
}
