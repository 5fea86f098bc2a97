/** Computes an indicator chunk by chunk: what comes out together is what one call gives, bit for bit. */
import { assert } from '../assert.ts';
import type { Indicator } from './indicator.ts';
import { Memory, type Entry } from './memory.ts';

/** How far a stream has come, as plain data: it can be cloned, stored and sent. */
export type StreamState = readonly Entry[];

export interface IndicatorStream {
  /**
   * The outputs on the next bars, given the sources on them: as many columns as the indicator has
   * outputs, as long as the sources. A chunk may be of any length, none included.
   *
   * Time goes with the length of the chunk and of the indicator's windows: many bars at once are
   * computed as quickly as a whole column.
   */
  push(sources: readonly Float64Array[]): readonly Float64Array[];
  /** What to hand to `openStream` to go on from here; later pushes do not change it. */
  state(): StreamState;
}

/**
 * A stream of the indicator with these parameters from its first bar on, or from where `state`,
 * of a stream of the same indicator and parameters, was taken.
 *
 * Throws if the indicator repaints, for then later bars change what was given, or if the sources
 * differ in length: bugs, not user input.
 */
export function openStream(
  indicator: Indicator,
  parameters: readonly number[],
  state: StreamState = [],
): IndicatorStream {
  assert(indicator.repaints !== true, 'what has been streamed is never changed');
  const memory = new Memory(state);
  return {
    push(sources) {
      const length = sources[0]!.length;
      assert(
        sources.every((source) => source.length === length),
        'the sources of a chunk are of one length',
      );
      const columns = indicator.compute(sources, parameters, memory);
      memory.rewind();
      return columns;
    },
    state: () => memory.copy(),
  };
}
