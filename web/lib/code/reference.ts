/** What `ctx` is and does, in the words of the editor's reference; `docs/code-strategies.md` says more. */
import { say } from '../words/language.ts';

export interface ReferencePart {
  readonly title: string;
  readonly entries: readonly { readonly code: string; readonly about: string }[];
}

export const reference: readonly ReferencePart[] = [
  {
    title: say`The text`,
    entries: [
      {
        code: 'export const inputs = { fast: 10 }',
        about:
          'Numbers to change without touching the text; { default, min, max, step } gives a range.',
      },
      { code: 'export function init(ctx)', about: say`Called once: asks for the indicators.` },
      {
        code: 'export function next(ctx)',
        about: say`Called for each closed bar, once every indicator has a value.`,
      },
    ],
  },
  {
    title: say`What it sees`,
    entries: [
      {
        code: "ctx.indicator('sma', ctx.close, 20)",
        about: 'In init: a series; first the series it reads, then its numbers. Names as in rules.',
      },
      {
        code: 'x.now, x.previous, x.at(2)',
        about: say`Values of a series: this bar, the one before, two back.`,
      },
      { code: 'ctx.open, high, low, close, volume', about: say`The series of the bars.` },
      {
        code: 'ctx.bar, ctx.time',
        about: say`Number of the bar from 0, and its opening in milliseconds, UTC.`,
      },
      {
        code: 'ctx.crossesAbove(a, b)',
        about: 'Below on the bar before, above now; a tie is no cross.',
      },
      { code: 'ctx.inputs.fast', about: say`The value of an input in this run.` },
      { code: 'ctx.cash, equity, usedMargin', about: say`Money of the account.` },
      {
        code: 'ctx.position, ctx.positions',
        about: say`The first open position or null, and all: id, side, units, entryBar, entryPrice, stop, target.`,
      },
      { code: 'ctx.orders', about: say`Orders that wait: id, side, kind, units, price, limit.` },
    ],
  },
  {
    title: say`What it may ask for`,
    entries: [
      {
        code: 'ctx.buy({ risk: 0.01, stop })',
        about:
          'A size: units, lots, risk or equityPart (all of equity unless told); stop and target are prices.',
      },
      {
        code: 'ctx.sell({ units: 10, limit })',
        about: 'At that price or better; expiryBars ends the wait.',
      },
      {
        code: 'ctx.buy({ units: 10, stopAt })',
        about: 'Once price is touched; with limit too, a stop-limit order.',
      },
      { code: 'oco: 1', about: say`Orders of one number cancel each other.` },
      {
        code: 'ctx.exit(id, units)',
        about: 'Closes a position or a part of it; without an id all.',
      },
      {
        code: 'ctx.move(id, { stop, target })',
        about: 'Moves the levels of a position; null takes one away.',
      },
      { code: 'ctx.cancel(id)', about: 'Cancels what buy or sell answered; without an id all.' },
      {
        code: 'console.log(ctx.bar)',
        about: say`A line for the log of the run, at most 1,000 of them.`,
      },
    ],
  },
];
