/** Comparisons and crossings of columns, of bands and of numbers as bitsets. */
import type { CompareOperator } from '#core/rules/syntax.ts';
import type { ColumnRoom } from './column-room.ts';
import type { Band, MadeColumns, Series } from './made-columns.ts';

export type Compared = Series | Band | number;

export interface Comparisons {
  /** Writes a bitset to `out`. */
  compare(operator: CompareOperator, a: Compared, b: Compared, out: number): void;
  cross(direction: 'above' | 'below' | 'either', a: Compared, b: Compared, out: number): void;
}

/** A column as the kernel reads it: a number is read again and again. */
interface Read {
  readonly at: number;
  readonly step: number;
  /** 0 where there is none. */
  readonly shadow: number;
}

/** A number's float64 and, after them, its shadow: 64 bars of each. */
const NUMBER_BYTES = 768;
const NUMBER_SHADOW = 512;
const BAND_BYTES = 1024;
const WORD_BYTES = 512;

export function openComparisons(
  room: ColumnRoom,
  columns: MadeColumns,
  wholeOf: (band: Band) => Series,
): Comparisons {
  const { kernel, words } = room;
  const [above, below, same, spare] = [1, 2, 3, 4].map(() => room.take(room.bitsBytes)) as [
    ...[number, number, number, number],
  ];
  const numbers = [room.take(NUMBER_BYTES), room.take(NUMBER_BYTES)] as const;
  const scratch = room.take(BAND_BYTES);

  /** What the three bitsets are of. */
  let present = '';

  /** A shadow costs a pass of its own: it pays where the column is compared again. */
  function read(side: 0 | 1, one: Series | number): Read {
    if (typeof one === 'number') {
      kernel.placeNumber(numbers[side], one);
      return { at: numbers[side], step: 0, shadow: numbers[side] + NUMBER_SHADOW };
    }
    if (one.lasts && one.shadow === 0) {
      one.shadow = room.take(room.shadowBytes);
      kernel.shadowOf(one.shadow, one.at, words);
    }
    return { at: one.at, step: WORD_BYTES, shadow: one.shadow };
  }

  /** Leaves where a is above, below and on b in three bitsets, as it may have left them before. */
  function signs(a: Compared, b: Compared): void {
    const pair = `${nameOf(a)} ${nameOf(b)}`;
    if (pair === present) return;
    present = pair;
    if (isBand(b) && readsByDistance(b, a)) return signsOfBand(a, b, above, below);
    if (isBand(a) && readsByDistance(a, b)) return signsOfBand(b, a, below, above);
    const x = read(0, isBand(a) ? wholeOf(a) : a);
    const y = read(1, isBand(b) ? wholeOf(b) : b);
    if (x.shadow && y.shadow) {
      kernel.signsOfShadows(
        ...([above, below, same, x.shadow, y.shadow] as const),
        ...([x.at, x.step, y.at, y.step, words] as const),
      );
    } else kernel.signs(above, below, same, x.at, x.step, y.at, y.step, words);
  }

  function signsOfBand(one: Series | number, band: Band, over: number, under: number): void {
    const { at, step } = read(0, one);
    const { middle, width, factor } = band;
    const key = `distance ${nameOf(one)} ${middle.id} ${width.id}`;
    let distances = columns.recall(key);
    if (distances?.kind !== 'shadow') {
      distances = { kind: 'shadow', at: room.take(room.shadowBytes), used: 0 };
      columns.keep(key, distances);
      kernel.distancesOf(distances.at, at, step, middle.at, width.at, words);
    }
    kernel.signsOfBand(
      ...([over, under, same, distances.at, at, step] as const),
      ...([middle.at, width.at, factor, scratch, words] as const),
    );
  }

  return {
    compare(operator, a, b, out) {
      signs(a, b);
      switch (operator) {
        case '>':
          return kernel.bitsOr(out, above, room.nothing, words);
        case '<':
          return kernel.bitsOr(out, below, room.nothing, words);
        case '>=':
          return kernel.bitsOr(out, above, same, words);
        case '<=':
          return kernel.bitsOr(out, below, same, words);
        case '==':
          return kernel.bitsOr(out, same, room.nothing, words);
        case '!=':
          return kernel.bitsOr(out, above, below, words);
      }
    },
    cross(direction, a, b, out) {
      signs(a, b);
      if (direction === 'above') return kernel.bitsAfter(out, above, below, words);
      if (direction === 'below') return kernel.bitsAfter(out, below, above, words);
      kernel.bitsAfter(spare, above, below, words);
      kernel.bitsAfter(out, below, above, words);
      kernel.bitsOr(out, out, spare, words);
    },
  };
}

/** The distances are kept: they pay where the parts of both stay. */
function readsByDistance(band: Band, other: Compared): other is Series | number {
  if (!band.middle.lasts || !band.width.lasts) return false;
  return typeof other === 'number' || (other.kind === 'series' && other.lasts);
}

/** What is compared by a name that no other column ever has. */
function nameOf(one: Compared): string {
  if (typeof one === 'number') return `${one}`;
  if (one.kind === 'series') return `#${one.id}`;
  return `#${one.middle.id}+${one.factor}#${one.width.id}`;
}

function isBand(one: Compared): one is Band {
  return typeof one !== 'number' && one.kind === 'band';
}
