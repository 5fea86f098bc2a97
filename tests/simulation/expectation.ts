/**
 * What must be there in the end: what one device alone wrote, as it wrote it last; what one added
 * to a set and nobody took away; each piece of text.
 */
import { collectionNamed } from '#core/collections/registry.ts';
import { partsOfCell } from '#core/collections/collection.ts';
import type { Json } from '#core/sync/fragment.ts';
import type { Written } from '#workers/replica/writer.ts';

interface Field {
  readonly writers: Set<string>;
  last: Json;
}

export type FinalCells = ReadonlyMap<string, Json>;

const nameOf = (collection: string, row: string, rest: string) => `${collection} ${row} ${rest}`;

export class Expectation {
  private readonly fields = new Map<string, Field>();
  private readonly items = new Map<string, 'there' | 'unsure'>();
  private readonly pieces = new Map<string, string>();
  /** Rows and cells of which nothing is expected: refused, purged, or written by a copy too. */
  private readonly doubtful = new Set<string>();

  note(device: string, written: readonly Written[]): void {
    for (const { collection, id, cell, value } of written) {
      const { field, rest } = partsOfCell(cell);
      const known = collectionNamed(collection);
      if (known?.isLocal?.(id)) continue;
      const merge = known?.fields[field]?.merge;
      if (merge === 'text') {
        for (const piece of String(value).split('+')) {
          this.pieces.set(piece, nameOf(collection, id, field));
        }
      } else if (merge === 'set') {
        const item = nameOf(collection, id, `${field}.${rest.slice(0, rest.lastIndexOf('.'))}`);
        if (value !== 1) this.items.set(item, 'unsure');
        else if (!this.items.has(item)) this.items.set(item, 'there');
      } else {
        const name = nameOf(collection, id, cell);
        const told = this.fields.get(name) ?? { writers: new Set<string>(), last: null };
        told.writers.add(device);
        told.last = value;
        this.fields.set(name, told);
      }
    }
  }

  doubtCell(collection: string, row: string, cell: string): void {
    this.doubtful.add(nameOf(collection, row, cell));
  }

  doubtRow(collection: string, row: string): void {
    this.doubtful.add(`${collection} ${row}`);
  }

  /** What is missing or wrong, in a few words; null = nothing. */
  faultOf(final: FinalCells): string | null {
    for (const [name, { writers, last }] of this.fields) {
      if (writers.size > 1 || this.isDoubtful(name)) continue;
      if (JSON.stringify(final.get(name)) !== JSON.stringify(last)) {
        return `${name} is ${JSON.stringify(final.get(name))}, was written as ${JSON.stringify(last)}`;
      }
    }
    const live = new Set<string>();
    const texts = new Map<string, Set<string>>();
    for (const [name, value] of final) {
      const [collection, row, cell] = name.split(' ') as [string, string, string];
      const { field, rest } = partsOfCell(cell);
      const merge = collectionNamed(collection)?.fields[field]?.merge;
      if (merge === 'set' && value === 1) live.add(name.slice(0, name.lastIndexOf('.')));
      if (merge !== 'text' || rest === '') continue;
      const place = nameOf(collection, row, field);
      const pieces = texts.get(place) ?? new Set<string>();
      String(value)
        .split('+')
        .forEach((piece) => pieces.add(piece));
      texts.set(place, pieces);
    }
    for (const [item, state] of this.items) {
      if (state === 'there' && !this.isDoubtful(item) && !live.has(item)) return `${item} is gone`;
    }
    for (const [piece, place] of this.pieces) {
      if (!this.isDoubtful(place) && !texts.get(place)?.has(piece)) return `${piece} is gone`;
    }
    return null;
  }

  private isDoubtful(name: string): boolean {
    const [collection, row] = name.split(' ');
    return this.doubtful.has(name) || this.doubtful.has(`${collection} ${row}`);
  }
}
