/** Notes that begin with a template, on one device or on two. */
import fc from 'fast-check';
import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { applyUpdate } from './note-snapshot.ts';
import { firstUpdate } from './first-update.ts';

function textOf(updates: readonly string[]): string {
  const doc = new Y.Doc();
  for (const update of updates) expect(applyUpdate(doc, update)).toBe(true);
  return doc.getText('text').toString();
}

test('a note that two devices began with one template has it once, and what each wrote in it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (template, mine, yours) => {
      const first = firstUpdate(template);
      expect(firstUpdate(template)).toEqual(first);
      const written = [mine, yours].map((more) => {
        const doc = new Y.Doc();
        applyUpdate(doc, first.update);
        const before = Y.encodeStateVector(doc);
        const text = doc.getText('text');
        text.insert(text.length, more);
        return Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
      });
      const both = textOf([first.update, ...written, firstUpdate(template).update]);
      expect(both).toBe(textOf([...written.toReversed(), first.update, first.update]));
      expect(both.startsWith(template)).toBe(true);
      expect(both).toHaveLength(template.length + mine.length + yours.length);
    }),
    { numRuns: 50 },
  );
});
