/** Columns made in the kernel's memory: what each is, and which are kept from one run to the next. */
import type { DecimalGrid } from '#core/indicators/decimal-grid.ts';
import type { ColumnRoom } from './column-room.ts';

/** What took a pass over a column to find out. */
export interface About {
  /** A value is missing after the first. */
  hasGap?: boolean;
  grid?: DecimalGrid;
}

/** One float64 a bar. */
export interface Series {
  readonly kind: 'series';
  /** Its own for ever: an address is used again. */
  readonly id: number;
  readonly at: number;
  /** Where its shadow in single precision lies; 0 until somebody compares it. */
  shadow: number;
  readonly start: number;
  readonly warmup: number;
  about?: About;
  /** It will be met again, so that what is made of it alone is worth keeping. */
  readonly lasts: boolean;
  used: number;
}

/** middle + factor × width, computed only where it must be. */
export interface Band {
  readonly kind: 'band';
  readonly middle: Series;
  readonly width: Series;
  readonly factor: number;
  readonly start: number;
  readonly warmup: number;
  readonly lasts: boolean;
  /** As a column; null until somebody needs it so. */
  whole: Series | null;
  used: number;
}

/** One bit a bar. */
export interface Bits {
  readonly kind: 'bits';
  readonly at: number;
  readonly start: number;
  readonly warmup: number;
  used: number;
}

/** A column in single precision that stands for none in double. */
export interface Shadow {
  readonly kind: 'shadow';
  readonly at: number;
  used: number;
}

/** The outputs of an indicator. */
export interface Outputs {
  readonly kind: 'outputs';
  readonly each: readonly (Series | Band)[];
  readonly warmup: number;
  used: number;
}

export type Made = Series | Band | Bits | Shadow | Outputs;

export interface MadeColumns {
  /** Begins a run: what was made for the run before and is not kept makes room. */
  begin(): void;
  recall(key: string): Made | undefined;
  /** Kept under its key, or until the next run where that is null. */
  keep<T extends Made>(key: string | null, made: T): T;
}

const GONE = -1;
/** How much of the room is left taken when some must go. */
const KEPT_SHARE = 0.9;

/**
 * Beyond `mostBytes` some go, but nothing of the present run. Which ones is drawn: a search goes
 * round and round, and what was unused for longest is what comes next.
 */
export function madeColumns(room: ColumnRoom, mostBytes: number): MadeColumns {
  const kept = new Map<string, Made>();
  let passing: Made[] = [];
  let run = 0;
  let dice = 1;

  function drop(made: Made): void {
    switch (made.kind) {
      case 'series':
        room.give(made.at, room.seriesBytes);
        if (made.shadow) room.give(made.shadow, room.shadowBytes);
        break;
      case 'bits':
        room.give(made.at, room.bitsBytes);
        break;
      case 'shadow':
        room.give(made.at, room.shadowBytes);
        break;
      case 'band':
      case 'outputs':
        break;
    }
    made.used = GONE;
  }
  function makeRoom(): void {
    const others = [...kept].filter(([, made]) => made.used !== run);
    while (room.taken > mostBytes * KEPT_SHARE && others.length > 0) {
      dice = (Math.imul(dice, 1_103_515_245) + 12_345) >>> 0;
      const [[key, made]] = others.splice(dice % others.length, 1) as [[string, Made]];
      kept.delete(key);
      drop(made);
    }
  }
  return {
    begin() {
      passing.forEach(drop);
      passing = [];
      if (room.taken > mostBytes) makeRoom();
      run++;
    },
    recall(key) {
      const found = kept.get(key);
      if (!found || !isWhole(found)) return undefined;
      touch(found, run);
      return found;
    },
    keep(key, made) {
      made.used = run;
      const former = key === null ? undefined : kept.get(key);
      // Made anew for the sake of another output; this run may still read it.
      if (former) passing.push(former);
      if (key === null) passing.push(made);
      else kept.set(key, made);
      return made;
    },
  };
}

/** What others are made of is as young as they are: its memory is theirs too. */
function touch(made: Made, run: number): void {
  made.used = run;
  if (made.kind === 'outputs') for (const one of made.each) touch(one, run);
  if (made.kind !== 'band') return;
  touch(made.middle, run);
  touch(made.width, run);
  if (made.whole) touch(made.whole, run);
}

function isWhole(made: Made): boolean {
  if (made.kind === 'outputs') return made.each.every(isWhole);
  if (made.kind !== 'band') return made.used !== GONE;
  return isWhole(made.middle) && isWhole(made.width) && (!made.whole || isWhole(made.whole));
}
