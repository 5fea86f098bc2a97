/** The way from the list to a round trip, from one to the next, and back to the list. */
import { goto } from '$app/navigation';
import type { FilterChoice } from '#lib/journal/filter-choice.svelte.ts';
import { journalHref } from '#lib/journal/journal-address.svelte.ts';

interface Places {
  readonly choice: FilterChoice;
  /** Id of the one that is open. */
  readonly chosen: { readonly value: string | null };
  /** Ids in the order of the list. */
  readonly order: () => readonly string[];
}

const staying = { keepFocus: true, noScroll: true } as const;

const nearEnd = 5;

export class TripWay {
  private readonly places: Places;
  /** The list is the page before it. */
  private isFromList = false;

  constructor(places: Places) {
    this.places = places;
  }

  /** Call it while a component is set up. */
  follow(): void {
    $effect(() => {
      if (this.places.chosen.value === null) this.isFromList = false;
    });
  }

  get isOpen(): boolean {
    return this.places.chosen.value !== null;
  }
  hrefOf(id: string): string {
    return journalHref(this.places.choice, id);
  }

  /** From the list a page of its own, which Back leaves; instead of another one in its place. */
  open(id: string): void {
    const { value } = this.places.chosen;
    if (id === value) return;
    if (value === null) this.isFromList = true;
    void goto(this.hrefOf(id), { ...staying, replaceState: value !== null });
  }

  close(): void {
    if (this.isFromList) history.back();
    else void goto(journalHref(this.places.choice, null), { ...staying, replaceState: true });
  }

  /** Null at an end of the list, and where the list does not have the one that is open. */
  beside(by: 1 | -1): string | null {
    const order = this.places.order();
    const at = order.indexOf(this.places.chosen.value ?? '');
    return (at < 0 ? null : order[at + by]) ?? null;
  }
  /** Soon there is no next one. */
  get isNearEnd(): boolean {
    const order = this.places.order();
    return order.slice(-nearEnd).includes(this.places.chosen.value ?? '');
  }
  step(by: 1 | -1): void {
    const id = this.beside(by);
    if (id !== null) this.open(id);
  }
}
