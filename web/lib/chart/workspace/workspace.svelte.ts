/** What the panes of the charts page share: the tool in hand, the selection, replay, the crosshair. */
import { SvelteMap } from 'svelte/reactivity';
import type { PaneKey } from '#core/collections/chart-layout.ts';
import type { Drawing } from '#core/collections/drawing.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { writeChanges } from '#workers/store/writing.ts';
import { database } from '../../state/database.ts';
import { notifyFailure } from '../../state/notices.ts';
import type { ChartEngine } from '../chart-engine.ts';
import { changesOf } from '../drawing/drawing-changes.ts';
import { DrawingHistory, type DrawingStep } from '../drawing/history.ts';
import type { InkName } from '../inks.ts';
import { say } from '../../words/language.ts';

/** What a pane can be asked by the toolbar. */
export interface PaneHandle {
  readonly image: () => { readonly canvas: HTMLCanvasElement; readonly title: string } | null;
  readonly reset: () => void;
  readonly fit: () => void;
  /** When the next bar is known, in a replay; null after the last. */
  readonly nextMs: () => Promise<number | null>;
  /** When the last stored bar is known. */
  readonly endMs: () => number | null;
  readonly showTable: () => void;
  readonly goTo: (ms: number) => void;
  /** Calls off what is being drawn; false where nothing is. */
  readonly cancel: () => boolean;
}

export class Workspace {
  readonly engine: ChartEngine;
  active = $state<PaneKey>('a');
  tool = $state<string | null>(null);
  ink = $state<InkName>('accent');
  hasMagnet = $state(true);
  selected = $state.raw<Drawing | null>(null);
  /** Up to when all is known in a replay; null = no replay. */
  untilMs = $state<number | null>(null);
  /** The next press on a chart begins the replay there. */
  isPicking = $state(false);
  /** The bar under the pointer, for the other panes. */
  crossing = $state.raw<{ readonly from: PaneKey; readonly ms: number | null } | null>(null);
  canUndo = $state(false);
  canRedo = $state(false);
  readonly panes = new SvelteMap<PaneKey, PaneHandle>();
  private readonly history = new DrawingHistory();

  constructor(engine: ChartEngine) {
    this.engine = engine;
  }

  get activePane(): PaneHandle | undefined {
    return this.panes.get(this.active);
  }
  takeTool(name: string | null): void {
    this.tool = this.tool === name ? null : name;
    this.isPicking = false;
    if (this.tool) this.selected = null;
  }

  async add(drawing: Drawing): Promise<void> {
    await this.act([{ id: drawing.id, before: null, after: drawing }]);
    this.selected = drawing;
  }
  async change(before: Drawing, change: Partial<Drawing>): Promise<void> {
    const after = { ...before, ...change };
    if (this.selected?.id === before.id) this.selected = after;
    await this.act([{ id: before.id, before, after }]);
  }
  async remove(drawings: readonly Drawing[]): Promise<void> {
    if (drawings.some(({ id }) => id === this.selected?.id)) this.selected = null;
    await this.act(drawings.map((before) => ({ id: before.id, before, after: null })));
  }
  undo(): Promise<void> {
    return this.write(this.history.undo());
  }
  redo(): Promise<void> {
    return this.write(this.history.redo());
  }

  private async act(steps: readonly DrawingStep[]): Promise<void> {
    this.history.note(steps);
    await this.write(steps);
  }
  private async write(steps: readonly DrawingStep[] | null): Promise<void> {
    this.canUndo = this.history.canUndo;
    this.canRedo = this.history.canRedo;
    if (!steps) return;
    const gone = steps.some(({ id, after }) => id === this.selected?.id && after === null);
    if (gone) this.selected = null;
    const changes = changesOf(steps);
    if (changes.length === 0) return;
    try {
      await writeChanges(database, changes);
    } catch (cause) {
      void notifyFailure(storeFailure(cause), say`Drawing`);
    }
  }
}
