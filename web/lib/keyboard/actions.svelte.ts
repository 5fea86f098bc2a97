/**
 * What can be done right now, by key or from the palette. Whoever can do something says so while
 * it is there: `provideActions(() => [{ id: 'notes.new', run }])` in the set-up of a component.
 */
import { untrack } from 'svelte';
import { preferences } from '../state/preferences.svelte.ts';
import { specOf, type ActionId, type ActionSpec } from './action-specs.ts';
import { keysOf } from './bindings.ts';

interface Doing {
  readonly run: () => void;
  /** Left out while it answers false. */
  readonly when?: () => boolean;
}

/** A listed action by its id, under another name where that says more; or one described in full. */
export type ProvidedAction = Doing &
  ({ readonly id: ActionId | `go.${string}`; readonly name?: string } | ActionSpec);

export interface Action extends ActionSpec, Doing {}

class Actions {
  private provided = $state.raw<readonly (readonly ProvidedAction[])[]>([]);

  /** What can be done now, with its keys as they are now; what a page gave last comes first. */
  readonly all: readonly Action[] = $derived(
    this.provided
      .flatMap((list) => list.map((each) => this.whole(each)))
      .filter((each) => each !== null)
      .filter(({ when }) => when?.() ?? true),
  );

  /** Until the returned function is called. */
  add(list: readonly ProvidedAction[]): () => void {
    untrack(() => (this.provided = [list, ...this.provided]));
    return () => (this.provided = this.provided.filter((each) => each !== list));
  }

  /** Does what is listed under the id, where it can be done now. */
  run(id: ActionId): void {
    this.all.find((each) => each.id === id)?.run();
  }

  private whole(given: ProvidedAction): Action | null {
    const spec = 'keys' in given ? given : specOf(given.id);
    return spec ? { ...spec, ...given, keys: keysOf(spec, preferences.chosen.keys) } : null;
  }
}

export const actions = new Actions();

/** Call it while a component is set up: the actions are there as long as the component is. */
export function provideActions(list: () => readonly ProvidedAction[]): void {
  $effect(() => actions.add(list()));
}
