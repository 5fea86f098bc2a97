/** Takes the newest of what comes often: at once after a rest, else when the rest is over. */

export interface Turns<T> {
  take(value: T): void;
  end(): void;
}

export function inTurns<T>(act: (value: T) => void, restMs: number): Turns<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { readonly value: T } | null = null;
  const next = () => {
    timer = undefined;
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    timer = setTimeout(next, restMs);
    act(value);
  };
  return {
    take(value) {
      waiting = { value };
      if (timer === undefined) next();
    },
    end: () => clearTimeout(timer),
  };
}
