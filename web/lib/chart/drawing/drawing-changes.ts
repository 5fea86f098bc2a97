/** Steps of a history as writes to the collection of drawings. */
import type { Drawing } from '#core/collections/drawing.ts';
import type { Change } from '#workers/store/writing.ts';
import type { DrawingStep } from './history.ts';

const collection = 'drawings';

/** Only the fields that a step changes, so that another device's change to the others stays. */
export function changesOf(steps: readonly DrawingStep[]): readonly Change[] {
  return steps.flatMap(({ id, before, after }): Change[] => {
    if (!after) return [{ kind: 'remove', collection, id }];
    const put = { kind: 'put', collection, id } as const;
    if (!before) {
      return [
        { kind: 'restore', collection, id },
        { ...put, fields: fieldsOf(after) },
      ];
    }
    const changed = Object.entries(fieldsOf(after)).filter(
      ([field, value]) => before[field as keyof Drawing] !== value,
    );
    return changed.length === 0 ? [] : [{ ...put, fields: Object.fromEntries(changed) }];
  });
}

function fieldsOf({ id: _, ...fields }: Drawing): Readonly<Record<string, unknown>> {
  return { ...fields };
}
