import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FieldRule } from '#core/collections/collection.ts';
import { collections } from '#core/collections/registry.ts';
import type { Json } from '#core/sync/fragment.ts';
import { rowOf } from '#core/sync/row-projection.ts';
import type { RowState } from '#core/sync/row-state.ts';
import { projection, spread } from './record-projection.ts';
import { recordOf, stateOf } from './row-record.ts';

const stamp = fc.stringMatching(/^[0-9a-z]{19}$/);
const json = fc.jsonValue() as fc.Arbitrary<Json>;

function cellsOf(field: string, rule: FieldRule): fc.Arbitrary<Record<string, Json>> {
  const key = fc.constantFrom('a', 'b', 'c d', 'e.f');
  const named = (value: fc.Arbitrary<Json>, rest: fc.Arbitrary<string>) =>
    fc.dictionary(
      rest.map((each) => `${field}.${each}`),
      value,
      { maxKeys: 4 },
    );
  switch (rule.merge) {
    case 'value':
    case 'binary':
      return json.map((value) => ({ [field]: value }));
    case 'struct':
      return named(json, fc.constantFrom('cash', 'margin'));
    case 'map':
      return named(fc.oneof(fc.double(), fc.constant(null)), key);
    case 'set':
      return named(
        fc.constantFrom(0, 1),
        fc.tuple(key, stamp).map((parts) => parts.join('.')),
      );
    case 'text':
      return named(fc.string(), stamp);
  }
}

const rows = fc.constantFrom(...collections).chain((collection) =>
  fc.record({
    collection: fc.constant(collection),
    state: fc.record<RowState>({
      id: fc.string({ minLength: 1 }),
      base: fc.oneof(fc.constant(''), stamp),
      stamps: fc.dictionary(fc.constantFrom('a', 'name'), stamp),
      cells: fc
        .tuple(...Object.entries(collection.fields).map(([field, rule]) => cellsOf(field, rule)))
        .map((parts) => Object.assign({}, ...parts) as Record<string, Json>),
    }),
  }),
);

test('pages see of a record what the row of its cells is', () => {
  fc.assert(
    fc.property(rows, ({ collection, state }) => {
      const record = recordOf(collection.key, state);
      expect(projection(collection.name)(record)).toEqual(rowOf(collection, state.id, state.cells));
    }),
  );
});

test('a record holds all of a row, names that a later version may choose included', () => {
  fc.assert(
    fc.property(rows, ({ collection, state }) => {
      const cells = { ...state.cells, _del: 0, later: [1], [collection.key]: 'like the key' };
      const whole = { ...state, cells };
      const record = recordOf(collection.key, whole);
      expect(record[collection.key]).toBe(state.id);
      expect(stateOf(collection.name, collection.key, structuredClone(record))).toEqual(whole);
    }),
  );
});

test('a row that an older version wrote is read as if it lay here in cells', () => {
  const old = { id: 'a', name: 'Cross', inputs: { fast: 5 }, settings: { cash: 1, margin: 2 } };
  expect(projection('strategies')(old)).toEqual(old);
  expect(stateOf('strategies', 'id', old)).toEqual({
    id: 'a',
    base: '',
    stamps: {},
    cells: { name: 'Cross', 'inputs.fast': 5, 'settings.cash': 1, 'settings.margin': 2 },
  });
});

test('the fields that lie spread are those that the collections say', () => {
  const said = collections.flatMap(({ name, fields }) => {
    const own = Object.entries(fields).filter(([, { merge }]) => !/value|binary/.test(merge));
    const merges = Object.fromEntries(own.map(([field, { merge }]) => [field, merge]));
    return own.length > 0 ? [[name, merges] as const] : [];
  });
  expect(spread).toEqual(Object.fromEntries(said));
});
