/** Takes away what of a bot that is over lies at the broker, again and again until nothing does. */
import { botRequestId } from '#core/automation/requests.ts';
import type { TradeRequest } from '#core/broker/request.ts';
import { submit } from '../orders/admission.ts';
import { bookOf, type Deciding } from './bot-decision.ts';
import type { HeldBook } from './bot-book.ts';
import { changeBot, type BotRow } from './bot-rows.ts';

export type Ending = Pick<Deciding, 'bot' | 'database' | 'orders' | 'now' | 'tell'> & {
  quote(): ReturnType<Deciding['quote']>;
};

/** What was refused or went amiss is asked for anew after so long. */
const againMs = 15_000;

/** Cancels what works, closes what is held where that is wished; says when all is done. */
export async function endBot(run: Deciding, row: BotRow): Promise<void> {
  const book = await bookOf(run);
  await takeAway(run, row, book);
  const left = row.closesToo ? book.positions.length : 0;
  if (left + book.orders.length + book.open.length + book.unseen > 0) return;
  await changeBot(run.database, run.bot, { isEnding: false }, ['stopped', 'killed']);
  await run.tell({ level: 'info', name: 'ended', detail: { left: book.positions.length } });
}

/** Idempotent within `againMs`: whoever asks meanwhile, on whichever server, asks the same. */
export async function takeAway(run: Ending, row: BotRow, book: HeldBook): Promise<void> {
  const { bot } = run;
  const round = Math.floor(run.now() / againMs);
  const idOf = (ticket: string) => botRequestId(bot.botId, round, `end ${ticket}`);
  const cancels = book.orders.map(({ order }): TradeRequest => {
    return { id: idOf(order), accountId: bot.accountId, t: 'cancel', order };
  });
  const closes = row.closesToo
    ? book.positions.map(({ position }): TradeRequest => {
        const id = idOf(position);
        return { id, accountId: bot.accountId, t: 'close', position, volumeLots: null };
      })
    : [];
  for (const request of [...cancels, ...closes]) {
    const quote = run.quote();
    const at = { nowMs: run.now(), quoteOf: () => quote };
    const answer = await submit(run.orders, request, at);
    const isKnown = answer.ok || answer.error.code === 'trade.closing-already';
    if (isKnown) continue;
    const detail = { what: request.t, code: answer.error.code };
    await run.tell({ level: 'warn', name: 'refused', detail });
  }
}
