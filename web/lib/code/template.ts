/** What a strategy in TypeScript begins with: enough to be run, and to show how the rest is done. */
export const codeTemplate = `// Called with ctx, which is described in the reference beside this text.
export const inputs = {
  fast: { default: 10, min: 5, max: 50, step: 5 },
  slow: { default: 30, min: 20, max: 200, step: 10 },
  risk: 0.01,
};

let fast, slow, range;

export function init(ctx) {
  fast = ctx.indicator('ema', ctx.close, ctx.inputs.fast);
  slow = ctx.indicator('ema', ctx.close, ctx.inputs.slow);
  range = ctx.indicator('atr', 14);
}

export function next(ctx) {
  if (ctx.position) {
    if (ctx.crossesBelow(fast, slow)) ctx.exit();
    return;
  }
  if (ctx.crossesAbove(fast, slow)) {
    const stop = ctx.close.now - 2 * range.now;
    ctx.buy({ risk: ctx.inputs.risk, stop });
  }
}
`;
