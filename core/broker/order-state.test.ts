/** The ways that orders go, one by one. */
import { describe, expect, test } from 'vitest';
import type { Exposure, Intent } from './intent.ts';
import { madeBodies, madeIntent } from './made-intent.ts';
import type { CommandResult, Fate } from './messages.ts';
import type { OrderEvent } from './order-event.ts';
import { advance } from './order-state.ts';

const none = { reason: null, order: null, deal: null, position: null, volumeLots: 0, price: null };
const answer = (change: Partial<CommandResult>): CommandResult => ({
  ...{ outcome: 'done', retcode: 10009 },
  ...none,
  ...change,
});
const result = (change: Partial<CommandResult>, attempt = 1): OrderEvent => ({
  ...{ t: 'result', attempt, result: answer(change) },
});
const whole = { volumeLots: 1, price: 1.1, order: '11', position: '7' };
const fate = (change: Partial<Fate>): OrderEvent => {
  const asked = { id: 'x', attempt: 1, magic: '1', journal: 'intent', result: null, found: null };
  return { t: 'fate', isWhole: true, fate: { ...asked, ...change } as Fate };
};
const scan: OrderEvent = { t: 'clean-scan', isConnected: true, isWhole: true, tookMs: 0 };
const claim: OrderEvent = { t: 'claim', session: 's' };
const ack: OrderEvent = { t: 'ack', attempt: 1 };
const lost: OrderEvent = { t: 'link-lost' };

/** Events, each with its time; 100 ms after the one before where none is given. */
function live(intent: Intent, ...events: readonly (OrderEvent | readonly [OrderEvent, number])[]) {
  let nowMs = intent.updatedMs;
  const alerts: string[] = [];
  for (const each of events) {
    const [event, atMs] = 't' in each ? [each, nowMs + 100] : each;
    nowMs = atMs;
    const next = advance(intent, event, nowMs);
    intent = next.intent;
    alerts.push(...next.alerts);
  }
  return { intent, alerts };
}
const limit = madeIntent({ body: madeBodies['limit']! });
const unknown = live(madeIntent(), claim, { t: 'sent' }, ack, lost).intent;

describe('an order that goes well', () => {
  test('is claimed, sent, written down, executed and filled', () => {
    const executing: OrderEvent = { t: 'executing', attempt: 1 };
    const { intent } = live(madeIntent(), claim, { t: 'sent' }, ack, executing, result(whole));
    expect(intent).toMatchObject({ state: 'filled', filledLots: 1, averagePrice: 1.1 });
    expect(intent).toMatchObject({ order: '11', position: '7', session: 's', journaledMs: 300 });
  });

  test('that the broker canceled stays so, though an older look still shows it', () => {
    const placed = result({ outcome: 'placed', retcode: 10008, order: '11' });
    const canceled = live(limit, claim, placed, { t: 'ended', state: 'canceled' }).intent;
    const found = { order: '11', state: 'working', position: null, filledLots: 0 } as const;
    const late = live(canceled, fate({ found: { ...found, averagePrice: null } }));
    expect(late).toEqual({ intent: canceled, alerts: [] });
  });

  test('waits at the broker, fills in parts and is canceled for the rest', () => {
    const reserved: Exposure = { margin: 100, risk: 10, positions: 1 };
    const placed = result({ outcome: 'placed', retcode: 10008, order: '11' });
    const fill = { t: 'fill', averagePrice: 1.1, order: '11', position: '7' } as const;
    const working = live({ ...limit, reserved }, claim, placed).intent;
    expect(working.state).toBe('working');
    const part = live(working, { ...fill, filledLots: 0.25 }).intent;
    expect(part).toMatchObject({ state: 'partial', filledLots: 0.25 });
    expect(part.reserved).toEqual({ margin: 75, risk: 7.5, positions: 0 });
    expect(live(part, { t: 'ended', state: 'canceled' }).intent.state).toBe('partial-canceled');
    expect(live(part, { ...fill, filledLots: 1 }).intent.state).toBe('filled');
  });

  test('is not over before its deals are seen, where the broker confirms no volume', () => {
    const { intent } = live(madeIntent(), claim, result({ order: '11' }));
    expect(intent).toMatchObject({ state: 'accepted', order: '11', filledLots: 0 });
  });

  test('is done where the position is closed already, and whole where less was left to close', () => {
    const close = madeIntent({ body: madeBodies['close']! });
    const already = result({ outcome: 'done', retcode: 10036 });
    expect(live(close, claim, already).intent.state).toBe('done');
    const less = live(close, claim, result({ ...whole, volumeLots: 0.4 })).intent;
    expect(less).toMatchObject({ state: 'filled', filledLots: 0.4 });
  });

  test('changes levels, which the book confirms where the answer got lost', () => {
    const change = madeIntent({ body: madeBodies['modify']! });
    expect(live(change, claim, result({})).intent.state).toBe('done');
    expect(live(change, claim, lost, { t: 'verified' }).intent.state).toBe('done');
    const gone = live(change, claim, lost, { t: 'ended', state: 'rejected' }).intent;
    expect(gone.state).toBe('rejected');
  });
});

describe('an order that was never sent', () => {
  test('is over after its time, and is not claimed any more', () => {
    expect(live(madeIntent(), [{ t: 'expire' }, 5_000]).intent.state).toBe('created');
    expect(live(madeIntent(), [{ t: 'expire' }, 5_001]).intent.state).toBe('expired');
    expect(live(madeIntent(), [claim, 5_001]).intent.state).toBe('expired');
  });

  test('waits for another and has a time of its own once released', () => {
    const held = madeIntent({ state: 'held' });
    const { intent } = live(held, { t: 'release', expiresMs: 9_000 });
    expect(intent).toMatchObject({ state: 'created', expiresMs: 9_000 });
    expect(live(held, { t: 'drop' }).intent.state).toBe('canceled');
  });

  test('does not expire by the clock once it was claimed', () => {
    expect(live(madeIntent(), claim, [{ t: 'expire' }, 90_000]).intent.state).toBe('claimed');
  });
});

describe('an order whose link is lost', () => {
  test.each(['claimed', 'sent', 'acked', 'executing'] as const)('is unknown from %s', (state) => {
    expect(live(madeIntent({ state }), lost).intent.state).toBe('unknown');
  });

  test('is over where the connector never saw it, unless it had said that it did', () => {
    const unseen = fate({ journal: 'never-seen' });
    expect(live(madeIntent(), claim, lost, unseen).intent.state).toBe('expired');
    const forgotten = live(unknown, unseen);
    expect(forgotten.intent.state).toBe('manual');
    expect(forgotten.alerts).toEqual(['journal-lost']);
    expect(live(forgotten.intent, { t: 'resolve', as: 'executed' }).intent.state).toBe('filled');
  });

  test('is not over where what the connector said may be incomplete, or came from a live session', () => {
    const unseen = fate({ journal: 'never-seen' });
    const incomplete = { ...unseen, isWhole: false } as OrderEvent;
    expect(live(madeIntent(), claim, lost, incomplete).intent.state).toBe('unknown');
    expect(live(madeIntent(), claim, { t: 'sent' }, unseen).intent.state).toBe('sent');
  });

  test('is what the broker has of it, or else what the journal says', () => {
    const found = { order: '11', position: '7', filledLots: 1, averagePrice: 1.1 } as const;
    expect(live(unknown, fate({ found: { ...found, state: 'filled' } })).intent.state).toBe(
      'filled',
    );
    const no = answer({ outcome: 'rejected', retcode: 10019 });
    const rejected = live(unknown, fate({ journal: 'result', result: no })).intent;
    expect(rejected).toMatchObject({ state: 'rejected', retcode: 10019 });
    const believed = live(
      unknown,
      fate({ journal: 'result', result: no, found: { ...found, state: 'filled' } }),
    );
    expect(believed.intent.state).toBe('filled');
  });
});

describe('what nobody can say', () => {
  const open = live(
    madeIntent(),
    claim,
    ack,
    result({ outcome: 'unknown', retcode: 10012 }),
  ).intent;

  test('is given up after three spaced, whole looks', () => {
    const looked = live(open, [scan, 1_000], [scan, 2_000], [scan, 31_000]);
    expect(looked.intent).toMatchObject({ state: 'unknown', cleanScans: 2 });
    expect(live(looked.intent, [scan, 60_999]).intent.state).toBe('unknown');
    expect(live(looked.intent, [scan, 61_000]).intent.state).toBe('not-executed');
  });

  test('is not given up by an answer that was on its way while it may have been done', () => {
    const open = { ...unknown, expiresMs: 500 };
    const looked = live(open, [scan, 1_000], [scan, 31_000]).intent;
    const late = { ...scan, tookMs: 20_000 } as OrderEvent;
    expect(live(looked, [late, 80_999]).intent.state).toBe('unknown');
    expect(live(looked, [late, 81_000]).intent.state).toBe('not-executed');
    // Begun before it was unknown: nobody asked for it then.
    const { unknownSinceMs } = open;
    const early = { ...scan, tookMs: 100 } as OrderEvent;
    expect(live(open, [early, unknownSinceMs! + 99]).intent).toBe(open);
  });

  test('is looked for anew after a look that was not whole', () => {
    const cloudy = { ...scan, isWhole: false } as OrderEvent;
    const { intent } = live(open, [scan, 1_000], [scan, 31_000], [cloudy, 50_000], [scan, 61_000]);
    expect(intent).toMatchObject({ state: 'unknown', cleanScans: 1 });
  });

  test('is not tried again, whatever the connector says later', () => {
    const later = live(open, result({ outcome: 'rejected', retcode: 10004 }));
    expect(later.intent.state).toBe('unknown');
    expect(later.alerts).toEqual(['contradiction']);
  });

  test('comes back with an alert where something is found after all', () => {
    const over = { ...open, state: 'not-executed' } as const;
    const found = { order: '11', state: 'working', position: null, filledLots: 0 } as const;
    const late = live(over, fate({ found: { ...found, averagePrice: null } }));
    expect(late.intent.state).toBe('accepted');
    expect(late.alerts).toEqual(['late-evidence']);
    const fill = {
      t: 'fill',
      filledLots: 1,
      averagePrice: 1.1,
      order: '11',
      position: '7',
    } as const;
    expect(live(over, fill)).toMatchObject({
      intent: { state: 'filled' },
      alerts: ['late-evidence'],
    });
  });
});

describe('an order that turns up after it was given up', () => {
  const admitted: Exposure = { margin: 100, risk: 10, positions: 1 };
  const over = { ...unknown, admitted, state: 'not-executed' } as const;
  const found = { order: '11', position: null, averagePrice: null } as const;

  test('takes of the account again what it was admitted with', () => {
    const works = { ...found, state: 'working', filledLots: 0 } as const;
    expect(live(over, fate({ found: works })).intent.reserved).toEqual(admitted);
  });

  test('takes what may still be filled of it where a part is', () => {
    const part = { ...found, state: 'partial', averagePrice: 1.1, filledLots: 0.25 } as const;
    const { intent } = live(over, fate({ found: part }));
    expect(intent).toMatchObject({ state: 'partial', filledLots: 0.25 });
    expect(intent.reserved).toEqual({ margin: 75, risk: 7.5, positions: 0 });
  });
});

describe('what the broker declined', () => {
  const requote = result({ outcome: 'rejected', retcode: 10004 });

  test('is tried again with another magic number, within its time', () => {
    const waiting = live(madeIntent(), claim, ack, requote).intent;
    expect(waiting).toMatchObject({ state: 'retry-wait', retryAtMs: 800 });
    expect(live(waiting, [{ t: 'retry' }, 799]).intent).toBe(waiting);
    const again = live(waiting, [{ t: 'retry' }, 800]).intent;
    expect(again).toMatchObject({ state: 'created', attempt: 2, journaledMs: null });
    expect(again.earlierMagics).toEqual([waiting.magic]);
    expect(again.magic).not.toBe(waiting.magic);
    const late = live(madeIntent(), claim, [requote, 4_600]).intent;
    expect(late).toMatchObject({ state: 'rejected', retcode: 10004 });
  });

  test('is over for good where asking again changes nothing', () => {
    const { intent } = live(madeIntent(), claim, result({ outcome: 'rejected', retcode: 10019 }));
    expect(intent.state).toBe('rejected');
  });

  test('is in doubt where outcome and code disagree', () => {
    for (const wrong of [
      { outcome: 'rejected', retcode: 10009 },
      { outcome: 'done', retcode: 10019 },
      { outcome: 'refused', retcode: 10009 },
    ] as const) {
      const { intent, alerts } = live(madeIntent(), claim, ack, result(wrong));
      expect(intent.state).toBe('unknown');
      expect(alerts).toEqual(['contradiction']);
    }
  });

  test('is refused where the connector asked no broker, but not after it said that it asks', () => {
    const refused = result({ outcome: 'refused', retcode: 0, reason: 'price' });
    expect(live(madeIntent(), claim, ack, refused).intent).toMatchObject({
      ...{ state: 'refused', reason: 'price' },
    });
    const asked = live(madeIntent(), claim, ack, { t: 'executing', attempt: 1 }, refused);
    expect(asked.intent.state).toBe('unknown');
  });
});

describe('what must not be', () => {
  test('alerts once where the broker fills more than was asked, or by a second order', () => {
    const fill = { t: 'fill', averagePrice: 1.1, order: '11', position: '7' } as const;
    const over = live(unknown, { ...fill, filledLots: 1.5 }, { ...fill, filledLots: 1.5 });
    expect(over).toMatchObject({ intent: { filledLots: 1 }, alerts: ['overfilled'] });
    const second = { ...fill, order: '12', filledLots: 0.5 };
    const twice = live(unknown, { ...fill, filledLots: 0.5 }, second, second);
    expect(twice.alerts).toEqual(['second-order']);
  });
});
