/** What procedures take: the fields they name, nothing secret in an address, no more than fits. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { appRouter } from '../../sync/router.ts';

interface Definition {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly inputs: readonly z.ZodType[];
}

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: Definition }>,
).map(([path, { _def }]) => ({ path, type: _def.type, inputs: _def.inputs }));

const issuesOf = (shape: z.ZodType, input: unknown) =>
  shape.safeParse(input).error?.issues.map(({ code }) => code) ?? [];

const taking = procedures.flatMap(({ path, inputs }) =>
  inputs
    .filter((shape) => issuesOf(shape, {}).length === 0 || shape.def.type === 'object')
    .map((shape) => [path, shape] as const),
);

describe('the input of a procedure', () => {
  it('is of a stated shape wherever there is one', () => {
    expect(taking.length).toBeGreaterThan(25);
  });

  it.each(taking)('takes no field that is not named: %s', (_, shape) => {
    for (const surplus of ['isAdmin', 'userIds', 'emailVerified', 'constructor', '__proto__']) {
      const input = JSON.parse(`{"${surplus}":"admin"}`) as unknown;
      expect(issuesOf(shape, input)).toContain('unrecognized_keys');
    }
  });

  it('is never secret where it stands in the address', () => {
    const secret = /password|token$|secret|code$|^value$|response|step/i;
    const named = procedures
      .filter(({ type }) => type === 'query')
      .flatMap(({ path, inputs }) =>
        inputs
          .flatMap((shape) => Object.keys((shape as z.ZodObject).shape ?? {}))
          .map((name) => ({ path, name })),
      );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ name }) => secret.test(name))).toEqual([]);
  });
});

/** Every text, list and number somewhere within a shape, with its way there. */
function* parts(shape: z.ZodType, way: string): Generator<readonly [string, z.ZodType]> {
  const { def } = shape as unknown as { def: Record<string, unknown> & { type: string } };
  yield [way, shape];
  for (const inner of ['innerType', 'in', 'out', 'element', 'valueType', 'keyType']) {
    const next = def[inner] as z.ZodType | undefined;
    if (next?.def) yield* parts(next, way);
  }
  for (const [name, next] of Object.entries((def['shape'] as Record<string, z.ZodType>) ?? {})) {
    yield* parts(next, `${way}.${name}`);
  }
}

describe('a text that a procedure takes', () => {
  const texts = procedures
    .flatMap(({ path, inputs }) => inputs.flatMap((shape) => [...parts(shape, path)]))
    .filter(([, shape]) => shape.def.type === 'string');

  it.each(texts)('is bounded in length: %s', (_, shape) => {
    expect(issuesOf(shape, 'A'.repeat(300_000))).not.toEqual([]);
  });

  it('is looked at wherever there is one', () => {
    expect(texts.length).toBeGreaterThan(20);
  });
});
