/** What was done to drawings, to be taken back and done again. */
import type { Drawing } from '#core/collections/drawing.ts';

/** A drawing before and after; null where it was not there. */
export interface DrawingStep {
  readonly id: string;
  readonly before: Drawing | null;
  readonly after: Drawing | null;
}

const mostSteps = 200;

export class DrawingHistory {
  private done: (readonly DrawingStep[])[] = [];
  private undone: (readonly DrawingStep[])[] = [];

  get canUndo(): boolean {
    return this.done.length > 0;
  }
  get canRedo(): boolean {
    return this.undone.length > 0;
  }
  /** Steps that are taken back together. */
  note(steps: readonly DrawingStep[]): void {
    this.done = [...this.done, steps].slice(-mostSteps);
    this.undone = [];
  }
  /** What is to be done to take the last back; null where nothing is. */
  undo(): readonly DrawingStep[] | null {
    const steps = this.done.pop();
    if (!steps) return null;
    this.undone.push(steps);
    return steps.map(({ id, before, after }) => ({ id, before: after, after: before })).reverse();
  }
  redo(): readonly DrawingStep[] | null {
    const steps = this.undone.pop();
    if (steps) this.done.push(steps);
    return steps ?? null;
  }
}
