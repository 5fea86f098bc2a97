/** A bot in code: what it is shown is kept before it is asked, so that it can be asked again. */
import type { BotBook } from '#core/automation/bot-book.ts';
import type { Ask, EntryAsk } from '#core/automation/asks.ts';
import { askedAt, deskAt } from '#core/automation/decide.ts';
import { refusal } from '#core/automation/translatable.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { CodeText } from '#workers/code/bot-code.ts';
import { carryOut, shownOf } from '#workers/code/desk-bridge.ts';
import { keptView } from '#workers/code/kept-view.ts';
import type { Brain, Thought } from './brain.ts';
import { mostCodeBars, type WatchedBar } from './bot-rows.ts';
import type { CodeThreads } from './code-threads.ts';

/** At the close of one bar. */
const mostAsks = 40;
/** Of all that it was shown, which is kept at hand and gone through at each bar. */
const mostShownCharacters = 2 ** 25;

export interface CodeBrainPorts {
  readonly owner: string;
  readonly threads: Pick<CodeThreads, 'step'>;
  /** False where somebody has decided on the bar, or been shown it, already. */
  keep(bar: WatchedBar, view: string): Promise<boolean>;
  /** Whether it is too late by now to act on the bar that opened then. */
  isLate(openMs: number): boolean;
}

export function codeBrain({ source, inputs }: CodeText, ports: CodeBrainPorts): Brain {
  const { owner, threads } = ports;
  return {
    async think(about): Promise<Result<Thought | null, Failure>> {
      const { rows, bars } = about;
      const newest = rows.at(-1);
      if (!newest) return ok(null);
      if (rows.length > mostCodeBars) return fail(usedUp);
      const at = deskAt(about);
      const view = keptView(shownOf(at.desk));
      const views = [...viewsOf(rows.slice(0, -1)), { bar: rows.length - 1, view }];
      if (views.reduce((sum, each) => sum + each.view.length, 0) > mostShownCharacters) {
        return fail(outgrown);
      }
      const answer = await threads.step(owner, { source, inputs, bars, views });
      if (!answer.ok) return isPassing(answer.error) ? ok(null) : fail(answer.error);
      // Others had their turn before: price is elsewhere by now.
      if (ports.isLate(newest.openMs)) return ok(null);
      const { commands, lines } = answer.value;
      carryOut(commands, at.desk);
      const asks = askedAt(at);
      if (asks.length > mostAsks) return fail(refusal('many-orders'));
      if (cancelsOthersElsewhere(asks, about.book)) return fail(refusal('many-cancel-others'));
      // What is not kept nobody was shown: the next who asks would not know of these orders.
      if (!(await ports.keep(newest, view))) return ok(null);
      newest.view = view;
      return ok({ asks, maxPositions: null, lines });
    },
  };
}

function viewsOf(rows: readonly WatchedBar[]) {
  return rows.flatMap(({ view }, bar) => (view ? [{ bar, view }] : []));
}

/** Nothing of the strategy's own. */
const isPassing = ({ code }: Failure): boolean =>
  code === 'work.cancelled' || code === 'server.unavailable';

const usedUp: Failure = {
  code: 'bot.bars-used-up',
  detail: 'A bot in code goes through no more bars.',
  figures: { most: mostCodeBars },
};

const outgrown: Failure = {
  code: 'code.memory',
  detail: 'What the strategy was shown at its bars is too much to be gone through again.',
};

/** A broker lets two orders of one moment cancel each other, and no others. */
function cancelsOthersElsewhere(asks: readonly Ask[], { orders }: BotBook): boolean {
  const gone = new Set(asks.flatMap((ask) => (ask.t === 'cancel' ? [ask.order] : [])));
  const entries = asks.filter((ask): ask is EntryAsk => ask.t === 'enter' && ask.group !== null);
  return entries.some(({ group }) => {
    const others = entries.filter((each) => each.group === group);
    const working = orders.filter((each) => each.group === group && !gone.has(each.order));
    return others.length > 2 || working.length > 0;
  });
}
