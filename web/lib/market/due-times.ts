/** When what is asked for again and again is due next, by a name for each. */

export interface DueTimes {
  /** What was never put off is due. */
  isDue(name: string, nowMs: number): boolean;
  putOff(name: string, untilMs: number): void;
}

export function dueTimes(): DueTimes {
  const until = new Map<string, number>();
  return {
    isDue: (name, nowMs) => nowMs >= (until.get(name) ?? 0),
    putOff: (name, untilMs) => void until.set(name, untilMs),
  };
}
