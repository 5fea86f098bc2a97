import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Bars } from '#core/market/bars.ts';
import { compileRules } from '#core/rules/compile.ts';
import { evaluateRules, evaluateSeries } from '#core/rules/evaluate.ts';
import { exampleSource, ruleReference } from '#core/rules/reference.ts';
import { generateRulesReference } from './generate-rules-reference.ts';

/** A wandering market with volume, always the same; synthetic. */
const bars: Bars = wander(3000);

function wander(length: number): Bars {
  const columns = Array.from({ length: 4 }, () => new Int32Array(length));
  const [open, high, low, close] = columns as [Int32Array, Int32Array, Int32Array, Int32Array];
  let seed = 20_240_101;
  const random = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
  let price = 100_000;
  for (let i = 0; i < length; i++) {
    open[i] = price;
    const trend = Math.sin(i / 90) * 40;
    price = Math.max(1000, Math.round(price + trend + (random() - 0.5) * 400));
    close[i] = price;
    high[i] = Math.max(open[i]!, price) + Math.round(random() * 100);
    low[i] = Math.min(open[i]!, price) - Math.round(random() * 100);
  }
  return {
    length,
    timesMs: Float64Array.from({ length }, (_, i) => i * 3_600_000),
    scale: 1000,
    digits: 3,
    bid: { open, high, low, close },
    ask: null,
    volume: Float64Array.from({ length }, () => Math.round(random() * 1000)),
    spreadPoints: null,
  };
}

function run(source: string) {
  const { program, problems } = compileRules(source);
  expect(problems.filter((problem) => problem.severity === 'error')).toStrictEqual([]);
  const companions = new Map(program!.symbols.map((symbol) => [symbol, bars]));
  const work = evaluateRules(program!, bars, {}, undefined, companions);
  let step = work.next();
  while (!step.done) step = work.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return { signals: step.value.value, series: evaluateSeries(program!, bars, {}, companions) };
}

describe('the reference page', () => {
  it('is current (else run `node tests/generate-rules-reference.ts`)', async () => {
    const page = readFileSync(new URL('../docs/rules.md', import.meta.url), 'utf8');
    expect(page).toBe(await generateRulesReference());
  });

  it.each([
    ...ruleReference.statements.flatMap((one) => one.examples),
    ...ruleReference.operators.map((one) => one.example),
    ...ruleReference.fields.map((one) => one.name),
    ...ruleReference.times.map((one) => one.name),
    ...ruleReference.functions.map((one) => one.example),
  ])('has an example that runs: %s', (example) => {
    const { signals } = run(exampleSource(example));
    expect(signals.warmupBars).toBeLessThan(300);
    expect(signals.entry.length).toBe(bars.length);
  });

  it('describes every function in whole sentences', () => {
    for (const { description, parameters } of ruleReference.functions) {
      for (const text of [description, ...parameters.map((one) => one.description)]) {
        expect(text).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
});

describe('the templates', () => {
  it.each(ruleReference.templates.map((one) => [one.name, one] as const))(
    '%s compiles without a word and trades',
    (_name, template) => {
      expect(compileRules(template.source).problems).toStrictEqual([]);
      const { signals, series } = run(template.source);
      expect(signals.entry.some((side) => side === 1)).toBe(true);
      expect(signals.stop).not.toBeNull();
      expect(series.ok && series.value.length).toBeGreaterThan(0);
    },
  );

  it('have their own names', () => {
    const ids = ruleReference.templates.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
