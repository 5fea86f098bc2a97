/** The page's own handle on the trader's data; opened by its first query, closed by nobody. */
import { Database } from '#workers/store/database.ts';

export const database = new Database();
