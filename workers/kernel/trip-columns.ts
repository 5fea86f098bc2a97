/** Round trips on their way out of the kernel's memory, and the pieces of a long run put together. */
import type { RoundTripColumns } from '#core/execution/outcome.ts';

/** A copy of the first `count` of `room` round trips that lie at `at`. */
export function copyTrips(
  buffer: ArrayBuffer,
  { at, room, count }: { readonly at: number; readonly room: number; readonly count: number },
): RoundTripColumns {
  const doubles = (k: number) => new Float64Array(buffer, at + k * room * 8, count).slice();
  const ints = (k: number) => new Int32Array(buffer, at + room * (40 + k * 4), count).slice();
  const bytes = (k: number) => new Uint8Array(buffer, at + room * (48 + k), count).slice();
  return {
    count,
    entryBar: ints(0),
    exitBar: ints(1),
    entryPrice: doubles(0),
    exitPrice: doubles(1),
    units: doubles(2),
    profit: doubles(3),
    commission: doubles(4),
    exitReason: bytes(0),
    ambiguous: bytes(1),
  };
}

export function joinTrips(parts: readonly RoundTripColumns[]): RoundTripColumns {
  if (parts.length === 1) return parts[0]!;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const doubles = (key: 'entryPrice' | 'exitPrice' | 'units' | 'profit' | 'commission') =>
    join(
      new Float64Array(count),
      parts.map((part) => part[key]),
    );
  const ints = (key: 'entryBar' | 'exitBar') =>
    join(
      new Int32Array(count),
      parts.map((part) => part[key]),
    );
  const bytes = (key: 'exitReason' | 'ambiguous') =>
    join(
      new Uint8Array(count),
      parts.map((part) => part[key]),
    );
  return {
    count,
    entryBar: ints('entryBar'),
    exitBar: ints('exitBar'),
    entryPrice: doubles('entryPrice'),
    exitPrice: doubles('exitPrice'),
    units: doubles('units'),
    profit: doubles('profit'),
    commission: doubles('commission'),
    exitReason: bytes('exitReason'),
    ambiguous: bytes('ambiguous'),
  };
}

type Column = Float64Array | Int32Array | Uint8Array;

function join<T extends Column>(to: T, parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    to.set(part, at);
    at += part.length;
  }
  return to;
}
