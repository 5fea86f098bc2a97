/** How long a server needs to know a terminal that it has never seen: its whole book and history. */
import { setTimeout as wait } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { bookHash } from '../../core/broker/book-hash.ts';
import type { Deal, Position } from '../../core/broker/book.ts';
import type { ServerMessage } from '../../core/broker/messages.ts';
import { euro } from '../../tests/orders/fake-terminal.ts';
import { account, type ScriptedTerminal } from '../../tests/terminals/scripted-terminal.ts';
import type { Row } from '../row.ts';
import { startMeasuredServer } from '../server/measured-server.ts';
import { pairTerminal } from './paired-terminal.ts';

const POSITIONS = 1_000;
const DEALS = 100_000;
const MOST_SECONDS = 5;
const GIVEN_UP_MS = 120_000;

const dealEachMs = 300_000;
const positions = Array.from({ length: POSITIONS }, (_, n): Position => ({
  ...{ position: `${n}`, ticket: `${n}`, symbol: 'EURUSD', side: 'buy', volumeLots: 0.1 },
  ...{ openPrice: 1.1, openedServerMs: 1, sl: null, tp: 1.2, swap: 0, profit: 0, magic: '0' },
  comment: '',
}));
/** All positions' own first, then such as were opened and closed again. */
const deals = Array.from({ length: DEALS }, (_, n): Deal => {
  const position = n < POSITIONS ? n : POSITIONS + Math.floor((n - POSITIONS) / 2);
  const isOut = n >= POSITIONS && (n - POSITIONS) % 2 === 1;
  return {
    ...{ deal: `${n + 1}`, order: `${n + 1}`, position: `${position}`, symbol: 'EURUSD' },
    ...{ kind: isOut ? 'sell' : 'buy', entry: isOut ? 'out' : 'in', volumeLots: 0.1, price: 1.1 },
    ...{ commission: 0, swap: 0, profit: 0, magic: '0', comment: '', reason: 'client' },
    serverMs: n * dealEachMs,
  };
});

export async function reconcileBench(): Promise<Row[]> {
  const server = await startMeasuredServer();
  const sql = postgres(server.databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const { terminal, accountId } = await pairTerminal({ server });
    const beganMs = performance.now();
    terminal.beat();
    terminal.say({ t: 'account', account });
    terminal.say({ t: 'symbols', instruments: [euro] });
    await answerUntil(terminal, () => isReconciled(sql, accountId));
    const seconds = (performance.now() - beganMs) / 1_000;
    const kept = await countKept(sql, accountId);
    await terminal.close();
    const missing = POSITIONS - kept.positions + (DEALS - kept.deals);
    return [
      {
        ...{
          name: `${POSITIONS} positions and ${DEALS} deals compared`,
          value: seconds,
          unit: 's',
        },
        ...{ rival: `limit of ${MOST_SECONDS} s`, ratio: seconds / MOST_SECONDS },
        ...{ target: `< ${MOST_SECONDS} s`, pass: seconds < MOST_SECONDS },
      },
      {
        ...{ name: 'of these not kept', value: missing, unit: 'rows', rival: 'limit of 0' },
        ...{ ratio: missing / (POSITIONS + DEALS), target: '= 0', pass: missing === 0 },
      },
    ];
  } finally {
    await sql.end();
    await server.end();
  }
}

/** Does what a terminal does that has everything in its memory. */
async function answerUntil(
  terminal: ScriptedTerminal,
  isOver: () => Promise<boolean>,
): Promise<void> {
  const beganMs = performance.now();
  let heard = 0;
  let [askedMs, beatenMs] = [beganMs, beganMs];
  for (;;) {
    while (heard < terminal.heard.length) answer(terminal, terminal.heard[heard++]!);
    await wait(1);
    const nowMs = performance.now();
    if (nowMs - askedMs < 50) continue;
    askedMs = nowMs;
    if (nowMs - beatenMs > 2_000) {
      terminal.beat();
      beatenMs = nowMs;
    }
    if (await isOver()) return;
    if (nowMs - beganMs > GIVEN_UP_MS) throw new Error('The terminal was never compared.');
  }
}

function answer({ say }: ScriptedTerminal, asked: ServerMessage): void {
  switch (asked.t) {
    case 'snapshot':
      return say({
        ...{ t: 'snapshot', hash: bookHash(positions, []), isConnected: true, account },
        ...{ positions, orders: [] },
      });
    case 'deals': {
      const { serverMs, deal } = asked.after;
      const near = Math.max(0, Math.ceil(serverMs / dealEachMs));
      const isKnown = near * dealEachMs === serverMs && near + 1 <= Number(deal);
      const from = isKnown ? near + 1 : near;
      const page = deals.slice(from, from + asked.limit);
      const hasMore = from + page.length < deals.length;
      return say({ t: 'deals', request: asked.request, isWhole: true, hasMore, deals: page });
    }
    case 'fate':
      return say({ t: 'fates', request: asked.request, isWhole: true, fates: [] });
  }
}

async function isReconciled(sql: Sql, accountId: string): Promise<boolean> {
  const [row] = await sql<{ readonly at: string | null }[]>`
    select reconciled_ms as at from trading_accounts where account_id = ${accountId}`;
  return row !== undefined && row.at !== null;
}

interface Kept {
  readonly positions: number;
  readonly deals: number;
}

async function countKept(sql: Sql, accountId: string): Promise<Kept> {
  const [kept] = await sql<Kept[]>`
    select (select count(*)::int from deals where account_id = ${accountId}) as deals,
      (select count(*)::int from broker_items
        where account_id = ${accountId} and kind = 'position') as positions`;
  return kept!;
}
