/** Checks of values that came from outside, which give them back typed, unknown keys left out. */

/** Gives back the value as `T`, or throws `ShapeError`. */
export type Shape<T> = (value: unknown, path: string) => T;

/** Thrown inside a check and caught by `readShape` alone. */
class ShapeError {
  readonly fault: string;
  constructor(fault: string) {
    this.fault = fault;
  }
}

function refuse(path: string, expected: string): never {
  throw new ShapeError(`${path} is not ${expected}`);
}

/** The value as `T`, or what is wrong with it. */
export function readShape<T>(
  value: unknown,
  path: string,
  shape: Shape<T>,
): { readonly value: T } | { readonly fault: string } {
  try {
    return { value: shape(value, path) };
  } catch (error) {
    if (error instanceof ShapeError) return { fault: error.fault };
    throw error;
  }
}

export const finite: Shape<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? value : refuse(path, 'a number');

export const whole: Shape<number> = (value, path) =>
  Number.isSafeInteger(value) && (value as number) >= 0
    ? (value as number)
    : refuse(path, 'a count');

export const flag: Shape<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse(path, 'true or false');

export const anything: Shape<unknown> = (value) => value;

export function text(longest: number): Shape<string> {
  return (value, path) =>
    typeof value === 'string' && value.length <= longest
      ? value
      : refuse(path, `a text of at most ${longest} characters`);
}

export function matching(pattern: RegExp): Shape<string> {
  return (value, path) =>
    typeof value === 'string' && pattern.test(value) ? value : refuse(path, String(pattern));
}

export function oneOf<T extends string>(choices: readonly T[]): Shape<T> {
  return (value, path) =>
    choices.find((choice) => choice === value) ?? refuse(path, `one of ${choices.join(', ')}`);
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? null : shape(value, path));
}

/** What is missing counts as `standard`. */
export function orElse<T>(shape: Shape<T>, standard: T): Shape<T> {
  return (value, path) => (value === undefined ? standard : shape(value, path));
}

/** What is missing stays missing: a key of `object` is then left out. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, path) => (value === undefined ? undefined : shape(value, path));
}

export function list<T>(shape: Shape<T>, most: number): Shape<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > most) refuse(path, `a list of at most ${most}`);
    return (value as unknown[]).map((item, i) => shape(item, `${path}[${i}]`));
  };
}

/** An object with any keys; `__proto__` is a key like any other. */
export function record<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, path) => {
    const entries = Object.entries(objectOf(value, path));
    return Object.fromEntries(entries.map(([key, item]) => [key, shape(item, `${path}.${key}`)]));
  };
}

export function object<T extends object>(shapes: {
  readonly [K in keyof Required<T>]: Shape<T[K]>;
}): Shape<T> {
  return (value, path) => {
    const from = objectOf(value, path);
    const keys = Object.keys(shapes) as (keyof T & string)[];
    const entries = keys.map((key) => {
      const own = Object.hasOwn(from, key) ? from[key] : undefined;
      return [key, shapes[key](own, `${path}.${key}`)] as const;
    });
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as T;
  };
}

function objectOf(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(path, 'an object');
  }
  return value as Record<string, unknown>;
}
