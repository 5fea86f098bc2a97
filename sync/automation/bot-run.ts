/**
 * One bot on the server that holds its terminal: it builds bars of the prices, and at each close
 * decides, one step after the other.
 */
import { isWatching } from '#core/automation/bot.ts';
import type { Quote } from '#core/broker/instrument.ts';
import { beginBars, closeBar, isOpenDue, openBar } from './bot-bars.ts';
import { botContext, type BotRunOptions } from './bot-context.ts';
import { keepUp } from './bot-decision.ts';
import { endBot } from './bot-ending.ts';

export interface BotRun {
  readonly botId: string;
  readonly symbol: string;
  put(quote: Quote): void;
  /** Something of the account changed at the broker. */
  heard(): void;
  /** Its row changed: a trader paused it, stopped it, gave it other limits. */
  reload(): void;
  /** To be called several times a second. */
  tick(): void;
  end(): Promise<void>;
}

/** A price of a bar may come so much after its end. */
const graceMs = 400;
const endingEveryMs = 1_000;
const upkeepEveryMs = 500;
/** Where it could not begin, as the database was away. */
const againMs = 5_000;

export function openBotRun(options: BotRunOptions): BotRun {
  const { now, log } = options;
  const { botId, setup } = options.row;
  const { symbol } = setup;
  const context = botContext(options);
  let isReady = false;
  let isUpkeepDue = true;
  let [begunMs, endedMs, keptUpMs] = [0, 0, 0];
  let tail: Promise<void> = Promise.resolve();
  const enqueue = (what: string, work: () => Promise<void>) => {
    tail = tail
      .then(() => (context.isOver ? undefined : work()))
      .catch((error: unknown) => log.warn({ err: error, botId }, `a bot could not ${what}`));
  };
  const close = (bar: Parameters<typeof closeBar>[1] | null) => {
    if (bar) enqueue('close a bar', () => closeBar(context, bar));
  };
  const begin = () => {
    begunMs = now();
    enqueue('begin', async () => {
      if (isReady) return;
      await beginBars(context);
      isReady = true;
    });
  };
  begin();
  return {
    ...{ botId, symbol },
    put(quote) {
      if (!isReady || quote.symbol !== symbol) return;
      close(context.builder.put(quote.bid, quote.timeMs));
      if (isOpenDue(context)) enqueue('open a bar', () => openBar(context));
    },
    heard() {
      isUpkeepDue = true;
      context.wakeUp();
    },
    reload() {
      context.wakeUp();
      enqueue('be changed', () => context.load());
    },
    tick() {
      const { deciding, row } = context;
      if (!isReady && now() - begunMs > againMs) begin();
      if (!isReady || !deciding) return;
      close(context.builder.pass(now() - graceMs));
      if (row.isEnding && now() - endedMs > endingEveryMs) {
        endedMs = now();
        enqueue('end', async () => {
          await endBot(deciding, context.row);
          await context.load();
        });
      } else if (isUpkeepDue && isWatching(row.state) && now() - keptUpMs > upkeepEveryMs) {
        isUpkeepDue = false;
        keptUpMs = now();
        const barMs = context.rows.at(-1)?.openMs ?? 0;
        enqueue('keep up', async () => {
          if (!(await keepUp(deciding, barMs, context.maxPositions))) isUpkeepDue = true;
        });
      }
    },
    async end() {
      context.isOver = true;
      context.wakeUp();
      await tail;
    },
  };
}
