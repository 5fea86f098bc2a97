/** What becomes of files that are dropped on the app: a page may take them in place of the price import. */

export interface DropTaker {
  /** What is said while files are held over the app. */
  readonly title: string;
  readonly kinds: string;
  take(files: readonly File[]): void;
}

let taker = $state.raw<DropTaker | null>(null);

/** Null where dropped files are prices. */
export const dropTaker = (): DropTaker | null => taker;

/** Call it while a component is set up; until it is gone. */
export function takeDrops(own: DropTaker): void {
  $effect(() => {
    taker = own;
    return () => {
      if (taker === own) taker = null;
    };
  });
}
