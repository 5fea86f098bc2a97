/** Indicators over columns in the kernel's memory: the kernel's own, else those of core. */
import { findIndicator } from '#core/indicators/registry.ts';
import type { ColumnRoom } from './column-room.ts';
import { ownIndicator } from './own-indicators.ts';
import type { Band, MadeColumns, Outputs, Series } from './made-columns.ts';

export interface Indicators {
  /** Outputs as `Indicator.compute` gives them; `key` null where they come only once. */
  compute(
    name: string,
    sources: readonly Series[],
    parameters: readonly number[],
    key: string | null,
  ): Outputs;
}

/** An indicator that lies around a line: its parts depend on fewer parameters than it does. */
interface BandIndicator {
  readonly middle: readonly [
    name: string,
    sources: readonly number[],
    parameters: readonly number[],
  ];
  readonly width: readonly [
    name: string,
    sources: readonly number[],
    parameters: readonly number[],
  ];
  /** Index of the parameter that stretches it. */
  readonly factor: number;
  /** The sign of the factor in each output, 0 = the line itself. */
  readonly outputs: readonly (1 | 0 | -1)[];
}

const bands: Readonly<Record<string, BandIndicator>> = {
  bollinger: {
    middle: ['sma', [0], [0]],
    width: ['stdev', [0], [0]],
    factor: 1,
    outputs: [1, 0, -1],
  },
  keltner: {
    middle: ['ema', [2], [0]],
    width: ['atr', [0, 1, 2], [1]],
    factor: 2,
    outputs: [1, 0, -1],
  },
};

/** Indices of the parameters that an output depends on; null where all count. */
export function parametersOf(name: string, output: number): readonly number[] | null {
  const shape = bands[name];
  return shape?.outputs[output] === 0 ? shape.middle[2] : null;
}

export function openIndicators(room: ColumnRoom, columns: MadeColumns): Indicators {
  const { kernel, bars } = room;
  let ids = 0;

  function keep(at: number, key: string | null, warmup: number): Series {
    const start = kernel.startOf(at, bars.length);
    return columns.keep(key, {
      ...({ kind: 'series', id: --ids, at, shadow: 0, start, used: 0 } as const),
      ...{ warmup: Math.max(start, warmup), lasts: key !== null },
    });
  }

  /** Kept by what they are made of, whoever asks, where that `lasts`. */
  function plain(
    name: string,
    sources: readonly Series[],
    parameters: readonly number[],
    wanted: boolean,
  ): readonly Series[] {
    const lasts = wanted && sources.every((source) => source.lasts);
    const key = lasts
      ? `${name} ${sources.map((one) => one.id).join()} ${parameters.join()}`
      : null;
    const found = key === null ? undefined : columns.recall(key);
    if (found?.kind === 'outputs') return found.each as readonly Series[];
    const warmup = Math.max(0, ...sources.map((source) => source.warmup));
    const made = ownIndicator(room, name, sources, parameters) ?? cores(name, sources, parameters);
    const each = made.map((at, k) => keep(at, key === null ? null : `${key} ${k}`, warmup));
    columns.keep(key, { kind: 'outputs', each, warmup, used: 0 });
    return each;
  }

  function cores(
    name: string,
    sources: readonly Series[],
    parameters: readonly number[],
  ): readonly number[] {
    const views = sources.map((source) => room.view(source.at));
    return findIndicator(name)!.compute(views, parameters).map(room.bringIn);
  }

  function band(
    { middle, width, factor, outputs }: BandIndicator,
    sources: readonly Series[],
    parameters: readonly number[],
    lasts: boolean,
  ): readonly (Series | Band)[] {
    const part = ([name, from, of]: BandIndicator['middle']) =>
      plain(
        name,
        from.map((k) => sources[k]!),
        of.map((k) => parameters[k]!),
        true,
      )[0]!;
    const [line, away] = [part(middle), part(width)];
    return outputs.map((sign): Series | Band => {
      if (sign === 0) return line;
      return {
        ...({ kind: 'band', middle: line, width: away, lasts, whole: null, used: 0 } as const),
        factor: sign * parameters[factor]!,
        start: Math.max(line.start, away.start),
        warmup: Math.max(line.warmup, away.warmup),
      };
    });
  }

  return {
    compute(name, sources, parameters, key) {
      const shape = bands[name];
      const lasts = key !== null;
      const each = shape
        ? band(shape, sources, parameters, lasts)
        : plain(name, sources, parameters, lasts);
      const warmup = Math.max(0, ...sources.map((source) => source.warmup));
      return columns.keep(key, { kind: 'outputs', each, warmup, used: 0 });
    },
  };
}
