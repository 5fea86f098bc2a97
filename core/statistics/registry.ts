/** Every statistic of a run, by key; undefined = null. */
export type Statistics = Readonly<Record<string, number | null>>;
