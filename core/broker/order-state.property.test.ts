/** Whatever happens, in whatever order: what no history of an intent may contain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finalStates, type Intent, type OrderState } from './intent.ts';
import { madeBodies, madeIntent } from './made-intent.ts';
import type { CommandResult, FoundOrder, Outcome } from './messages.ts';
import type { OrderEvent } from './order-event.ts';
import { advance } from './order-state.ts';
import { classify } from './retcodes.ts';

/** What may follow each state; that a state stays is not written down. */
const evidence: readonly OrderState[] = ['accepted', 'working', 'partial', 'filled'];
const ends: readonly OrderState[] = ['canceled', 'expired', 'rejected', 'partial-canceled', 'done'];
const answers: readonly OrderState[] = [
  ...evidence,
  ...ends,
  ...(['refused', 'retry-wait', 'unknown', 'modifying', 'cancelling'] as const),
];
const allowed: Readonly<Record<OrderState, readonly OrderState[]>> = {
  held: ['created', 'canceled', 'expired', ...evidence],
  created: ['claimed', 'canceled', 'expired', ...evidence],
  claimed: ['sent', 'acked', 'executing', ...answers],
  sent: ['acked', 'executing', ...answers],
  acked: ['executing', ...answers],
  executing: answers.filter((state) => state !== 'refused'),
  'retry-wait': ['created', 'canceled', 'rejected', ...evidence],
  accepted: ['working', 'partial', 'filled', 'unknown', ...ends],
  working: ['partial', 'filled', ...ends],
  modifying: ['unknown', 'done', 'rejected'],
  cancelling: ['unknown', 'done', 'rejected'],
  partial: ['filled', 'partial-canceled', 'done'],
  unknown: [...answers, 'manual', 'not-executed'],
  manual: [...answers, 'not-executed'].filter((state) => state !== 'retry-wait') as OrderState[],
  filled: [],
  done: ['filled', 'partial-canceled'],
  'partial-canceled': ['filled'],
  canceled: [...evidence, 'partial-canceled', 'done'],
  expired: [...evidence, 'partial-canceled', 'done'],
  refused: [...evidence, 'done'],
  rejected: [...evidence, 'done'],
  'not-executed': [...evidence, 'done'],
};

const lots = fc.constantFrom(0, 0.1, 0.4, 0.7, 1, 1.5, -1, Number.NaN, Infinity);
const ticket = fc.constantFrom('11', '12', null);
const attempt = fc.constantFrom(1, 1, 1, 2, 3);
const retcode = fc.oneof(
  fc.constantFrom(0, 10004, 10008, 10009, 10010, 10012, 10019, 10031, 10036),
  fc.integer({ min: 10_000, max: 10_050 }),
);
const outcomes: readonly Outcome[] = [
  ...(['done', 'placed', 'partial', 'rejected', 'refused', 'unknown'] as const),
];
/** What a connector may say, and what it should never. */
const said = fc.oneof(
  fc.constantFrom(
    { outcome: 'refused' as const, retcode: 0 },
    { outcome: 'rejected' as const, retcode: 10004 },
    { outcome: 'unknown' as const, retcode: 10012 },
    { outcome: 'placed' as const, retcode: 10008 },
  ),
  fc.record({ outcome: fc.constantFrom(...outcomes), retcode }),
);
const answered = fc.record({
  reason: fc.constantFrom('stale', 'price', null),
  order: ticket,
  deal: ticket,
  position: ticket,
  volumeLots: lots,
  price: fc.constantFrom(1.1, null, Number.NaN),
});
const result: fc.Arbitrary<CommandResult> = fc
  .tuple(said, answered)
  .map(([code, rest]) => ({ ...code, ...rest }));
const found: fc.Arbitrary<FoundOrder> = fc.record({
  order: fc.constantFrom('11', '12'),
  state: fc.constantFrom('working', 'filled', 'partial', 'canceled', 'rejected', 'expired'),
  position: ticket,
  filledLots: lots,
  averagePrice: fc.constantFrom(1.1, null),
});
const fate = fc.record({
  id: fc.constant('x'),
  attempt,
  magic: fc.constant('1'),
  journal: fc.constantFrom('never-seen', 'intent', 'result'),
  result: fc.option(result),
  found: fc.option(found, { freq: 1 }),
});
const scan = fc.record({
  t: fc.constant('clean-scan' as const),
  isConnected: fc.constantFrom(true, true, true, false),
  isWhole: fc.constantFrom(true, true, true, false),
  tookMs: fc.constantFrom(0, 0, 500, 20_000),
});

const event: fc.Arbitrary<OrderEvent> = fc.oneof(
  fc.constantFrom<OrderEvent>({ t: 'claim', session: 's' }, { t: 'sent' }, { t: 'link-lost' }),
  fc.constantFrom<OrderEvent>({ t: 'claim', session: 's' }, { t: 'retry' }),
  fc.constantFrom<OrderEvent>({ t: 'release' }, { t: 'drop' }, { t: 'expire' }, { t: 'verified' }),
  fc.record({ t: fc.constantFrom('ack' as const, 'executing' as const), attempt }),
  fc.record({ t: fc.constant('result' as const), attempt, result }),
  fc.record({ t: fc.constant('fate' as const), fate, isWhole: fc.boolean() }),
  fc.record({
    ...{ t: fc.constant('fill' as const), filledLots: lots, order: ticket, position: ticket },
    averagePrice: fc.constantFrom(1.1, null),
  }),
  fc.record({
    t: fc.constant('ended' as const),
    state: fc.constantFrom('filled', 'canceled', 'expired', 'rejected'),
    order: ticket,
  }),
  ...[scan, scan, scan],
  fc.record({
    t: fc.constant('resolve' as const),
    as: fc.constantFrom('executed', 'not-executed'),
  }),
);

const steps = fc.array(fc.tuple(event, fc.constantFrom(0, 200, 1_000, 20_000, 31_000)), {
  minLength: 5,
  maxLength: 40,
});
const fresh = fc.record({
  body: fc.constantFrom(...Object.values(madeBodies)),
  state: fc.constantFrom<OrderState>('held', 'created', 'created', 'executing', 'unknown'),
  expiresMs: fc.constantFrom(5_000, 60_000),
});
const declined = fc.record({
  body: fc.constantFrom(...Object.values(madeBodies)),
  state: fc.constant('retry-wait' as const),
  ...{ retryAtMs: fc.constant(500), retcode: fc.constant(10004), expiresMs: fc.constant(60_000) },
});
const start = fc.oneof({ weight: 4, arbitrary: fresh }, { weight: 1, arbitrary: declined });

interface Step {
  readonly before: Intent;
  readonly event: OrderEvent;
  readonly after: Intent;
  readonly alerts: readonly string[];
  readonly nowMs: number;
}

const traces = fc.tuple(start, steps).map(([change, events]) => {
  const trace: Step[] = [];
  let [before, nowMs] = [frozen(madeIntent(change)), 0];
  for (const [each, waitMs] of events) {
    nowMs += waitMs;
    const { intent, alerts } = advance(before, each, nowMs);
    const after = frozen(intent);
    trace.push({ before, event: each, after, alerts, nowMs });
    before = after;
  }
  return trace;
});

/** So that a test fails where the machine writes into what it was given. */
const frozen = (intent: Intent): Intent => Object.freeze(intent);

const volumeOf = ({ body }: Intent): number => ('volumeLots' in body ? body.volumeLots : Infinity);
const runs = { numRuns: 500 };
const everyStep = (check: (step: Step, k: number, trace: readonly Step[]) => void) =>
  fc.assert(
    fc.property(traces, (trace) => trace.forEach(check)),
    runs,
  );

describe('an intent, whatever happens', () => {
  test('goes only where the table lets it go', () => {
    everyStep(({ before, after }) => {
      if (before.state !== after.state) expect(allowed[before.state]).toContain(after.state);
    });
  });

  test('never has less filled than before, and never more than was asked', () => {
    everyStep(({ before, after }) => {
      const isKept = after.filledLots >= before.filledLots && after.filledLots <= volumeOf(after);
      if (!isKept) expect(after.filledLots).toBe(before.filledLots);
    });
  });

  test('stays filled, and leaves another end by evidence alone, with an alert', () => {
    everyStep(({ before, after, event: { t }, alerts }) => {
      if (!finalStates.has(before.state)) return;
      if (before.state === 'filled') expect(after.state).toBe('filled');
      if (before.state === after.state) return;
      expect(['fill', 'fate', 'ended', 'result']).toContain(t);
      expect(alerts.length).toBeGreaterThan(0);
    });
  });

  test('is not tried again once an answer of the attempt left its fate open', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        let isOpen = false;
        for (const { before, event, after } of trace) {
          const isDoubt =
            event.t === 'result' &&
            event.attempt === before.attempt &&
            ['sent', 'acked', 'executing', 'claimed'].includes(before.state) &&
            after.state === 'unknown';
          isOpen ||= isDoubt;
          if (isOpen) expect(after.attempt).toBe(before.attempt);
        }
      }),
      runs,
    );
  });

  test('is tried again only with a magic number of its own, after a certain no', () => {
    everyStep(({ before, after, event }) => {
      if (after.state === 'retry-wait' && before.state !== 'retry-wait') {
        expect(classify(after.retcode ?? 0)).toBe('retry');
      }
      if (after.attempt === before.attempt) return;
      expect(event.t).toBe('retry');
      expect(before.state).toBe('retry-wait');
      expect(after.attempt).toBe(before.attempt + 1);
      expect([after.magic, ...before.earlierMagics]).not.toContain(before.magic);
      expect(after.earlierMagics).toEqual([...before.earlierMagics, before.magic]);
    });
  });

  test('is given up only after three whole looks over a minute, or by a person', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        let looks: number[] = [];
        for (const { before, event, after, nowMs } of trace) {
          const isLooking = ['unknown', 'accepted', 'modifying', 'cancelling'];
          if (!isLooking.includes(before.state)) looks = [];
          if (event.t === 'clean-scan') {
            const seenMs = nowMs - event.tookMs;
            looks = event.isConnected && event.isWhole ? [...looks, seenMs] : [];
          }
          if (after.state !== 'not-executed' || before.state === 'not-executed') continue;
          if (event.t === 'resolve') {
            expect(before.state).toBe('manual');
            continue;
          }
          expect(looks.length).toBeGreaterThanOrEqual(3);
          expect(looks.at(-1)! - looks[0]!).toBeGreaterThanOrEqual(60_000);
        }
      }),
      runs,
    );
  });

  test('takes the same evidence twice as once', () => {
    everyStep(({ after, event, nowMs }) => {
      if (!['fill', 'ended', 'fate', 'ack', 'executing'].includes(event.t)) return;
      const again = advance(after, event, nowMs);
      expect(again.intent.state).toBe(after.state);
      expect(again.intent.filledLots).toBe(after.filledLots);
      expect(again.alerts.filter((alert) => alert !== 'contradiction')).toEqual([]);
    });
  });

  test('keeps nothing free once it is over, and is the same object where nothing happened', () => {
    everyStep(({ before, after }) => {
      if (finalStates.has(after.state)) expect(after.reserved.margin).toBe(0);
      if (before !== after)
        expect({ ...before, updatedMs: 0 }).not.toEqual({ ...after, updatedMs: 0 });
    });
  });
});

test('the traces of these tests come by every state', () => {
  const seen = new Set<OrderState>();
  for (const trace of fc.sample(traces, { numRuns: 2_000, seed: 1 })) {
    for (const { after } of trace) seen.add(after.state);
  }
  expect(Object.keys(allowed).filter((state) => !seen.has(state as OrderState))).toEqual([]);
});
