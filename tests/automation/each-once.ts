/** Whatever happened to the servers: nothing of a bot reached the broker twice. */
import type { Sql } from 'postgres';
import { expect } from 'vitest';
import { until } from '../server-process.ts';

interface OneBot {
  readonly botId: string;
  /** An account that nobody else trades on. */
  readonly accountId: string;
}

export async function expectEachOnce(sql: Sql, { botId, accountId }: OneBot): Promise<void> {
  const orders = await sql`select request_id from bot_orders where bot_id = ${botId}`;
  const requests = await sql`
    select request_id from trade_requests where account_id = ${accountId}`;
  const asked = new Set(orders.map(({ request_id: id }) => String(id)));
  // Whatever the order path has, the bot has written down before, and each once.
  expect(requests.filter(({ request_id: id }) => !asked.has(String(id)))).toEqual([]);
  const perBar = await sql`
    select bar_ms, count(*) from bot_orders where bot_id = ${botId}
      and asks -> 0 ->> 't' = 'enter' and state = 'sent' group by bar_ms having count(*) > 1`;
  expect(perBar).toHaveLength(0);
  const partTwice = await sql`
    select asks -> 0 ->> 'position' as position, asks -> 0 ->> 'part' as part
    from bot_orders asked join order_intents made on made.intent_id = any(asked.intent_ids)
    where bot_id = ${botId} and asks -> 0 ? 'part' and made.state = 'filled'
    group by 1, 2 having count(*) > 1`;
  expect(partTwice).toHaveLength(0);
  const entries = () => sql`
    select i.intent_id, count(d.deal) as deals from order_intents i
    left join deals d on d.account_id = i.account_id and d.position = i.facts ->> 'position'
      and d.entry = 'in'
    where i.account_id = ${accountId} and i.body ->> 't' = 'place' and i.state = 'filled'
    group by i.intent_id`;
  // Deals are heard of a moment after the fill.
  await until(async () => {
    const found = await entries();
    return found.length > 1 && found.every(({ deals }) => Number(deals) > 0);
  });
  const fills = await entries();
  for (const { deals } of fills) expect(Number(deals)).toBe(1);
  // One statement, since more is traded between two; each deal of an entry is that of one fill.
  await until(async () => {
    const [counts] = await sql`
      select (select count(*) from deals where account_id = ${accountId} and entry = 'in') as deals,
        (select count(*) from order_intents where account_id = ${accountId}
          and body ->> 't' = 'place' and state = 'filled') as fills`;
    return counts!['deals'] === counts!['fills'];
  });
}
