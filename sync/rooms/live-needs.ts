/** What it takes to be in a room: an account, whichever way one comes in. */
import type { Needs } from '../needs.ts';

export const liveNeeds = { access: 'account', limit: 'data' } as const satisfies Needs;
