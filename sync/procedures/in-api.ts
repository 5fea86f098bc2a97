/** The place of a procedure in the API for programs; what it needs is told by its `needs` alone. */
import type { Meta } from '../trpc.ts';

export interface ApiPlace {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly tag: 'Account' | 'Market' | 'Security' | 'System';
}

/**
 * The mark of a procedure that programs can call by REST. Its input is a flat object or nothing,
 * and its output is declared; values in a query arrive as text, so those are coerced.
 */
export function inApi({ tag, ...place }: ApiPlace): Pick<Meta, 'openapi'> {
  return { openapi: { ...place, tags: [tag], errorResponses: [] } };
}
