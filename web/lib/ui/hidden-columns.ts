/**
 * Which columns are shown, by a list of what differs from the usual: the ids of those that are not,
 * and `+id` of those that are though they have to be asked for. So what was kept before there was
 * such a column goes on without it.
 */
export interface HiddenColumns {
  readonly hidden: readonly string[];
  /** Ids of columns that are shown only to who asks for them. */
  readonly askedFor: readonly string[];
}

const told = (id: string, { askedFor }: HiddenColumns) => (askedFor.includes(id) ? `+${id}` : id);

export function isColumnShown(id: string, columns: HiddenColumns): boolean {
  return columns.hidden.includes(told(id, columns)) === columns.askedFor.includes(id);
}

/** The list with the column shown, or not. */
export function withColumn(
  id: string,
  isShown: boolean,
  columns: HiddenColumns,
): readonly string[] {
  const entry = told(id, columns);
  const others = columns.hidden.filter((each) => each !== entry);
  return isShown === columns.askedFor.includes(id) ? [...others, entry] : others;
}
