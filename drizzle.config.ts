/** Turns a change of the tables in `sync/schema` into the next SQL file of `drizzle/`. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './sync/schema/*.ts',
  out: './drizzle',
});
