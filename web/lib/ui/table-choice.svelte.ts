/**
 * Which columns of a table are shown, how it is sorted and what is sought in it; columns and order
 * are kept on the device. Pass its `sort`, and what `shown` and `matching` answer, to a DataTable.
 */
import { isColumnShown, withColumn, type HiddenColumns } from './hidden-columns.ts';
import { cellText, type Column, type Sort } from './table.ts';

export class TableChoice {
  /** Sought in every cell as it is drawn. */
  sought = $state('');
  private readonly key: string;
  private readonly askedFor: readonly string[];
  private hidden = $state.raw<readonly string[]>([]);
  private order = $state.raw<Sort | null>(null);

  /** `askedFor`: ids of the columns that are shown only to who asks for them, see `hidden-columns.ts`. */
  constructor(name: string, { askedFor = [] as readonly string[] } = {}) {
    this.key = `offing.table.${name}`;
    this.askedFor = askedFor;
    const kept = readChoice(localStorage, this.key);
    this.hidden = kept?.hidden ?? [];
    this.order = kept?.sort ?? null;
  }

  get sort(): Sort | null {
    return this.order;
  }
  set sort(sort: Sort | null) {
    this.order = sort;
    this.keep();
  }
  get hiddenIds(): readonly string[] {
    return this.hidden;
  }
  /** Both at once, as they were kept elsewhere. */
  take({ hidden, sort }: KeptChoice): void {
    this.hidden = hidden;
    this.sort = sort;
  }
  isShown(id: string): boolean {
    return isColumnShown(id, this.columns);
  }
  show(id: string, isShown: boolean): void {
    this.hidden = withColumn(id, isShown, this.columns);
    this.keep();
  }

  /** The first column says what a row is, and stays. */
  shown<Row>(columns: readonly Column<Row>[]): readonly Column<Row>[] {
    return columns.filter(({ id }, at) => at === 0 || this.isShown(id));
  }
  matching<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): readonly Row[] {
    const sought = this.sought.trim().toLowerCase();
    if (sought === '') return rows;
    return rows.filter((row) =>
      columns.some((column) => cellText(column, row).toLowerCase().includes(sought)),
    );
  }

  private get columns(): HiddenColumns {
    return { hidden: this.hidden, askedFor: this.askedFor };
  }
  private keep(): void {
    try {
      const kept = { hidden: this.hidden, sort: this.order };
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A private window may refuse: then it holds until the page is left.
    }
  }
}

interface KeptChoice {
  readonly hidden: readonly string[];
  readonly sort: Sort | null;
}

function readChoice(storage: Storage, key: string): KeptChoice | null {
  try {
    const kept = JSON.parse(storage.getItem(key) ?? 'null') as Partial<KeptChoice> | null;
    if (!Array.isArray(kept?.hidden)) return null;
    const hidden = kept.hidden.filter((id) => typeof id === 'string');
    const { sort } = kept;
    const isSort = typeof sort?.column === 'string' && typeof sort.descending === 'boolean';
    return { hidden, sort: isSort ? sort : null };
  } catch {
    return null;
  }
}
