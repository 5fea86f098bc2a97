/** Which round trips of the list are chosen, for what is done to many at once. */
import { between, withChoice } from './list-range.ts';

export class TripSelection {
  /** Made anew with each change: there may be a hundred thousand. */
  ids = $state.raw(withChoice([], [], true));
  /** False: the list has no boxes to tick. */
  isOn = $state(false);
  private last: string | null = null;

  /** Ticks one, or with `through` all between the one before and it, as they stand in there. */
  choose(
    id: string,
    how: { readonly isChosen: boolean; readonly through: readonly string[] | null },
  ): void {
    const range = how.through === null ? [id] : between(how.through, this.last ?? id, id);
    this.ids = withChoice(this.ids, range, how.isChosen);
    this.last = id;
  }
  chooseAll(ids: readonly string[]): void {
    this.ids = withChoice([], ids, true);
  }
  end(): void {
    this.chooseAll([]);
    this.isOn = false;
    this.last = null;
  }
}
