/** Which procedures programs can call, and by which method and path. */
import type { Needs } from '../needs.ts';
import { appRouter } from '../router.ts';
import type { Meta } from '../trpc.ts';

/** Names the shape of paths, inputs and answers; a change that breaks programs gets a new one. */
export const versionPath = '/api/v1';

export interface ApiRoute {
  /** `account.profile` and the like. */
  readonly procedure: string;
  readonly type: 'query' | 'mutation';
  readonly method: string;
  /** Below `/api/v1`. */
  readonly path: string;
  readonly needs: Needs;
}

interface Procedures {
  readonly [path: string]: {
    readonly _def: { readonly type: ApiRoute['type']; readonly meta?: Meta };
  };
}

/** Every procedure with a place in the API, in the router's order. */
export function apiRoutes(): readonly ApiRoute[] {
  // The router's own type nests what stands flat here.
  const procedures = appRouter._def.procedures as unknown as Procedures;
  return Object.entries(procedures).flatMap(([procedure, { _def }]) => {
    const { openapi: place, needs } = _def.meta ?? {};
    if (!place || !needs) return [];
    return [{ procedure, type: _def.type, method: place.method, path: place.path, needs }];
  });
}
