/** A page of past prices of a trading account, from what is kept and from its connector. */
import type { BarsPage } from '#core/market/wire-bars.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { MOST_BARS } from '#core/broker/messages.ts';
import type { Queries } from '../database/queries.ts';
import { readAccount, type StoredHealth } from '../terminals/account-row.ts';
import type { TerminalHistory, Terminals } from '../terminals/terminals.ts';
import { withoutAccount } from '../terminals/trader-context.ts';
import { accountBars, type AskClock } from './account-bars.ts';
import { keptBars } from './bar-cache.ts';
import type { BarRoom } from './bar-room.ts';
import { toWire } from './bar-rows.ts';
import { pageOfBars } from './page-of-bars.ts';
import type { BarsAsk } from './provider.ts';

export interface AccountWork {
  readonly queries: Queries;
  readonly terminals: Pick<Terminals, 'history' | 'relayedHistory' | 'looked'>;
  readonly clock: AskClock;
  readonly room: BarRoom;
}

export interface Whose {
  readonly userId: string;
  readonly accountId: string;
}

/** A terminal answers at once: what is newest is asked again soon. */
const newestMs = 1_000;
/** A paper account that sleeps is awake, and a clock heard, within this. */
const wakeLimitMs = 5_000;
const wakeLookMs = 50;
/** Whether another server has it says the database, which is not asked as often as memory. */
const elsewhereEachMs = 500;

export async function barsOfAccount(
  work: AccountWork,
  whose: Whose,
  ask: BarsAsk,
): Promise<Result<BarsPage, Failure>> {
  const { queries, clock } = work;
  const row = await readAccount(queries, whose.userId, whose.accountId);
  if (!row || row.state === 'revoked') return withoutAccount;
  const { kind } = row;
  const keeping = { queries, room: work.room, now: () => clock.now() };
  let history: TerminalHistory | null = null;
  const page = await pageOfBars<Failure>({
    ask,
    // A paper account's past may be another after its settings changed, and it costs little.
    store: kind === 'paper' ? null : keptBars(keeping, whose, newestMs),
    mostBars: MOST_BARS,
    now: () => clock.now(),
    async tell(part) {
      history ??= await findHistory(work, whose, { isWoken: kind === 'paper' });
      if (!history) return offline;
      return accountBars({ ...history, kind }, part, clock);
    },
  });
  if (!page.ok) return page;
  const { rows, hasMore, digits, heardMs } = page.value;
  const { timeframe } = ask;
  const bars = toWire(rows, { timeframe, digits, nowMs: clock.now() });
  return ok({ bars, hasMore, source: 'terminal', heardMs });
}

const offline = fail<Failure>({ code: 'market.offline', detail: 'The connector is not here.' });

/**
 * Null where no connector is there; one that sleeps has time to wake, one that just came to say
 * what its clock is.
 */
async function findHistory(
  work: AccountWork,
  whose: Whose,
  { isWoken }: { readonly isWoken: boolean },
): Promise<TerminalHistory | null> {
  const { terminals, clock } = work;
  let found = terminals.history(whose) ?? (await findElsewhere(work, whose));
  if (!found && isWoken) terminals.looked(whose.accountId, []);
  const untilMs = clock.now() + wakeLimitMs;
  let elsewhereMs = clock.now() + elsewhereEachMs;
  while ((found ? found.offsetMs === null : isWoken) && clock.now() < untilMs) {
    await clock.wait(wakeLookMs);
    found = terminals.history(whose) ?? found;
    if (clock.now() < elsewhereMs) continue;
    elsewhereMs = clock.now() + elsewhereEachMs;
    found = terminals.history(whose) ?? (await findElsewhere(work, whose));
  }
  return found;
}

async function findElsewhere(
  { queries, terminals, clock }: AccountWork,
  { userId, accountId }: Whose,
): Promise<TerminalHistory | null> {
  const row = await readAccount(queries, userId, accountId);
  const isHeld = row?.session && (row.leaseUntilMs ?? 0) > clock.now();
  if (!isHeld) return null;
  const health = row.health as StoredHealth | null;
  return { ...terminals.relayedHistory(accountId), offsetMs: health?.serverOffsetMs ?? null };
}
