/** The router as a list: every procedure with what it says of itself. */
import type { Needs } from '../../sync/needs.ts';
import { appRouter } from '../../sync/router.ts';
import type { Meta } from '../../sync/trpc.ts';

export interface ListedProcedure {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** Undefined where it declares nothing, which no procedure may. */
  readonly needs: Needs | undefined;
  readonly isInApi: boolean;
  readonly inputNames: readonly string[];
}

interface Definition {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly meta?: Meta;
  readonly inputs: readonly { readonly shape?: object }[];
}

export const procedures: readonly ListedProcedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: Definition }>,
).map(
  ([
    path,
    {
      _def: { type, meta, inputs },
    },
  ]) => ({
    path,
    method: type === 'query' ? 'GET' : 'POST',
    needs: meta?.needs,
    isInApi: meta?.openapi !== undefined,
    inputNames: inputs.flatMap(({ shape = {} }) => Object.keys(shape)),
  }),
);

/** Those that ask for more than a call. */
export const guarded = procedures.filter(({ needs }) => needs?.access !== 'anyone');
