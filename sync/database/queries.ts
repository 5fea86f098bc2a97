/** What can be asked of the database, in a transaction or outside one. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';

export type Queries = Pick<
  PostgresJsDatabase,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'
>;
