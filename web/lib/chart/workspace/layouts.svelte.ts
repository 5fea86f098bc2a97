/** The layouts of charts of this trader, and the one that is open, which this device remembers. */
import type { ChartLayout, ChartPane, PaneKey } from '#core/collections/chart-layout.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { writeChanges } from '#workers/store/writing.ts';
import { database } from '../../state/database.ts';
import { live, type Live } from '../../state/live.svelte.ts';
import { notify, notifyFailure } from '../../state/notices.ts';
import { firstLayoutId, newLayout, withPaneChange } from './layout-shapes.ts';
import { layoutStore } from './layout-store.ts';
import { say } from '../../words/language.ts';

const openKey = 'offing.chart-layout';

export class Layouts {
  private readonly rows: Live<ChartLayout[]>;
  private openId = $state(remembered());
  /** What is shown while nothing is stored: it is stored with its first change. */
  private readonly first = newLayout(firstLayoutId, say`My charts`, Date.now());
  private readonly store = layoutStore({
    write: async (changes) => void (await writeChanges(database, changes)),
    isStored: (id) => this.all.some((each) => each.id === id),
    nowMs: () => Date.now(),
  });

  /** Call it while a component is set up. */
  constructor() {
    this.rows = live(() => database.layouts.toArray());
  }

  get isReady(): boolean {
    return this.rows.ready;
  }
  get failure() {
    return this.rows.failure;
  }
  get all(): readonly ChartLayout[] {
    return (this.rows.value ?? []).toSorted((a, b) => a.name.localeCompare(b.name));
  }
  /** The one that was open here last, else the one that was changed last anywhere. */
  get current(): ChartLayout {
    const own = this.all.find(({ id }) => id === this.openId);
    return own ?? this.all.toSorted((a, b) => b.updatedMs - a.updatedMs)[0] ?? this.first;
  }

  open(id: string): void {
    this.openId = id;
    try {
      localStorage.setItem(openKey, id);
    } catch {
      // Storage refused: the one that was changed last is opened then.
    }
  }
  change(fields: Partial<Omit<ChartLayout, 'id'>>): Promise<void> {
    const { current } = this;
    return this.attempt(() => this.store.change(current, fields));
  }
  changePane(key: PaneKey, change: Partial<ChartPane>): Promise<void> {
    return this.change({ panes: withPaneChange(this.current, key, change) });
  }
  async begin(name: string, like: ChartLayout | null): Promise<void> {
    const id = crypto.randomUUID();
    const made = newLayout(id, name, Date.now());
    await this.attempt(() =>
      this.store.add(like ? { ...like, ...made, panes: like.panes, grid: like.grid } : made),
    );
    this.open(id);
  }
  async remove(layout: ChartLayout): Promise<void> {
    await this.attempt(() => this.store.remove(layout.id));
    void notify({
      text: say`${layout.name} is deleted`,
      action: {
        label: say`Undo`,
        run: () => void this.attempt(() => this.store.add(layout)).then(() => this.open(layout.id)),
      },
    });
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      void notifyFailure(storeFailure(cause), say`Layout`);
    }
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(openKey);
  } catch {
    return null;
  }
}
