/** The last answer of each source to what is not bars, shared by all servers of a database. */
import { and, eq } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import { marketAnswers } from '../schema/market.ts';

export interface AnswerName {
  readonly source: string;
  readonly kind: string;
  /** What was asked, as JSON; '' where nothing is to be said. */
  readonly asked: string;
}

export interface KeptAnswer {
  readonly value: unknown;
  readonly heardMs: number;
}

/** However old it is, until it is swept. */
export async function readAnswer(queries: Queries, name: AnswerName): Promise<KeptAnswer | null> {
  const [row] = await queries
    .select({ value: marketAnswers.value, heardMs: marketAnswers.heardMs })
    .from(marketAnswers)
    .where(
      and(
        eq(marketAnswers.source, name.source),
        eq(marketAnswers.kind, name.kind),
        eq(marketAnswers.asked, name.asked),
      ),
    );
  return row ?? null;
}

export async function keepAnswer(
  queries: Queries,
  name: AnswerName,
  { value, heardMs, expiresMs }: KeptAnswer & { readonly expiresMs: number },
): Promise<void> {
  const kept = { value, heardMs, expiresMs };
  await queries
    .insert(marketAnswers)
    .values({ ...name, ...kept })
    .onConflictDoUpdate({
      target: [marketAnswers.source, marketAnswers.kind, marketAnswers.asked],
      set: kept,
    });
}
