/** What several ask at the same time is done once, and all of them are given the same. */

export interface UnderWay<T> {
  /** Joins the work of that name that is under way, or begins it. */
  join(name: string, begin: () => Promise<T>): Promise<T>;
}

export function underWay<T>(): UnderWay<T> {
  const works = new Map<string, Promise<T>>();
  return {
    join(name, begin) {
      const before = works.get(name);
      if (before) return before;
      const work = begin().finally(() => works.delete(name));
      works.set(name, work);
      return work;
    },
  };
}
