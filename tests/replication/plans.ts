/** How Postgres would do what a function asks of it, told instead of done. */
import { sql, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import type { Queries } from '../../sync/database/queries.ts';
import { alongIndexes } from '../../sync/replication/postgres-store.ts';

export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Index Cond'?: string | undefined;
  readonly 'Index Name'?: string | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Cond': z.string().optional(),
    'Index Name': z.string().optional(),
    Plans: z.array(planNode).optional(),
  }),
);
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planNode })]) })]);

/** How each table that the statements of `run` read is gone through. */
export async function readsOf(
  database: PostgresJsDatabase,
  run: (queries: Queries) => Promise<unknown>,
): Promise<readonly PlanNode[]> {
  const plans: PlanNode[] = [];
  await database.transaction(async (queries) => {
    await queries.execute(alongIndexes);
    await run(tellingOf(queries, plans));
  });
  return plans.flatMap(nodesOf).filter((node) => 'Relation Name' in node && isRead(node));
}

function tellingOf(queries: Queries, plans: PlanNode[]): Queries {
  return new Proxy(queries, {
    get(target, name) {
      if (name !== 'execute') return Reflect.get(target, name) as unknown;
      return async (query: SQL) => {
        const rows = await target.execute(sql`explain (format json) ${query}`);
        plans.push(explained.parse([...rows])[0]['QUERY PLAN'][0].Plan);
        return [];
      };
    },
  });
}

const isRead = ({ 'Node Type': type }: PlanNode) => type.endsWith('Scan');

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
