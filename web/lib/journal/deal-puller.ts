/** Brings the deals of connected accounts onto this device: what is new, and what an interruption left. */
import type { AccountView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import { serverZone } from '#core/broker/server-zone.ts';
import { journalAccount, type AccountDeals, type DealPlace } from '#core/journal/account-deals.ts';
import type { Zone } from '#core/market/zone.ts';
import type { Result } from '#core/result.ts';
import { keepDeals, keepRemoved, type DealProgress } from '#workers/store/account-deals.ts';
import type { Database } from '#workers/store/database.ts';
import { ownerOf } from '#workers/store/owner.ts';

/** What of the server it needs. */
export interface DealServer {
  accounts(): Promise<Result<readonly AccountView[], Failure>>;
  deals(ask: {
    readonly accountId: string;
    readonly after: DealPlace | null;
  }): Promise<Result<AccountDeals, Failure>>;
}

export interface PullerParts {
  readonly database: Database;
  readonly server: DealServer;
  readonly nowMs: () => number;
}

/**
 * Deals come late: up to an hour, and an hour more where the broker's clock goes back. As far is
 * asked again; each deal is kept once.
 */
export const overlapMs = 3 * 3_600_000;

/** A server that goes on for ever is left in the end. */
const mostPages = 5_000;

/** Of one account, or of all; nothing where the database is nobody's, or the server does not answer. */
export async function pullDeals(parts: PullerParts, accountId: string | null): Promise<void> {
  const owner = await ownerOf(parts.database);
  if (owner === null) return;
  const listed = await parts.server.accounts();
  if (!listed.ok) return;
  for (const account of listed.value) {
    if (accountId !== null && account.accountId !== accountId) continue;
    if (!(await pullAccount(parts, owner, account))) return;
  }
  if (accountId !== null || listed.value.length === 0) return;
  await keepRemoved(parts.database, {
    owner,
    there: new Set(listed.value.map((account) => account.accountId)),
  });
}

interface Pull {
  readonly owner: string;
  readonly account: AccountView;
  readonly name: string;
  readonly zone: Zone;
}

/** False where there is nobody to ask any more. */
async function pullAccount(
  parts: PullerParts,
  owner: string,
  account: AccountView,
): Promise<boolean> {
  const { broker, health } = account;
  const zone = zoneOf(account, parts.nowMs());
  // Its connector was never heard, or has not said yet what its clock is.
  if (!broker || !health || !zone) return true;
  const pull: Pull = { owner, account, name: journalAccount(broker), zone };
  const row = await parts.database.dealAccounts.get(account.accountId);
  // Read with another zone, or another account of the broker's: all of it anew.
  const isSame = row?.zone === zone.id && row.account === pull.name;
  let progress = isSame ? row.progress : { reachedMs: 0, resume: null };
  if (progress.resume) {
    const from = progress.resume;
    const end = await run(parts, pull, { from, progress });
    if (!end) return false;
    // What came late while it was interrupted lies before the place where it went on.
    progress = { reachedMs: from.ms, resume: null };
  }
  const from = { ms: Math.max(0, progress.reachedMs - overlapMs), id: '0' };
  return run(parts, pull, { from: progress.reachedMs === 0 ? null : from, progress });
}

/** Page by page, each kept before the next is asked for. */
async function run(
  { database, server }: PullerParts,
  { owner, account, name, zone }: Pull,
  { from, progress }: { readonly from: DealPlace | null; readonly progress: DealProgress },
): Promise<boolean> {
  const { accountId, broker, state } = account;
  const head = {
    ...{ accountId, account: name, name: account.name },
    ...{ currency: broker?.currency ?? '', isRemoved: state === 'revoked' },
  };
  let { reachedMs } = progress;
  let at = from;
  for (let page = 0; page < mostPages; page++) {
    const answer = await server.deals({ accountId, after: at });
    // Somebody else may have signed in meanwhile: what is theirs goes nowhere near.
    if (!answer.ok || answer.value.userId !== owner) return false;
    const { deals, after } = answer.value;
    reachedMs = deals.reduce((latest, { serverMs }) => Math.max(latest, serverMs), reachedMs);
    const goesOn = after !== null && isBeyond(after, at) ? after : null;
    const taken = { deals, progress: { reachedMs, resume: goesOn } };
    if (!(await keepDeals(database, { owner, head, zone, ...taken }))) return false;
    if (goesOn === null) return true;
    at = goesOn;
  }
  return true;
}

/** A page that leads back to where one was would lead there again. */
function isBeyond(after: DealPlace, at: DealPlace | null): boolean {
  return at === null || after.ms > at.ms || (after.ms === at.ms && after.id !== at.id);
}

function zoneOf({ kind, health }: AccountView, nowMs: number): Zone | null {
  const offsetMs = health?.serverOffsetMs ?? null;
  if (offsetMs === null) return null;
  const measured = { offsetMs, nowMs: health?.lastHeardMs ?? nowMs };
  return serverZone(measured, kind === 'mt5' ? 'with-seasons' : 'never');
}
