/** The clock of one call into the machine: ends it when it takes too long. */

export interface Watch {
  readonly begin: () => void;
  /** Asked by the machine now and then while it works. */
  readonly interrupt: () => boolean;
  /** Whether the latest call was ended. */
  readonly wasEndless: () => boolean;
}

export function watchCalls(nowMs: () => number, callMs: number): Watch {
  let askedMs = NaN;
  let endless = false;
  return {
    // The clock is read when the machine first asks, not before every bar.
    begin: () => {
      askedMs = NaN;
      endless = false;
    },
    interrupt: () => {
      if (Number.isNaN(askedMs)) askedMs = nowMs();
      endless = nowMs() - askedMs > callMs;
      return endless;
    },
    wasEndless: () => endless,
  };
}
