/** What was lived already, a line of JSON for each span: a run that was cut off goes on after it. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Span, Tally } from './lives.ts';

const count = z.number().int().nonnegative();
const lineShape = z.object({
  from: count,
  ...{ seeds: count, events: count, deals: count, intents: count },
  faults: z.record(z.string(), count),
  violations: z.array(
    z.object({
      ...{ seed: count, invariant: z.string(), detail: z.string() },
      trace: z.array(z.string()),
    }),
  ),
});

export interface Log {
  /** Null where this span was not lived. */
  of(span: Span): Tally | null;
  add(span: Span, tally: Tally): void;
}

export function openLog(path: string): Log {
  const lived = new Map<string, Tally>();
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const keyOf = ({ from, seeds }: Span) => `${from} ${seeds}`;
  // The last line may have been cut off while it was written.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1);
  if (lines.length < text.length) appendFileSync(path, '\n');
  for (const line of lines.split('\n').filter(isWhole)) {
    const tally = lineShape.parse(JSON.parse(line));
    lived.set(keyOf(tally), tally);
  }
  return {
    of: (span) => lived.get(keyOf(span)) ?? null,
    add: (span, tally) =>
      appendFileSync(path, `${JSON.stringify({ from: span.from, ...tally })}\n`),
  };
}

const isWhole = (line: string): boolean => line.startsWith('{') && line.endsWith('}');
