/** Frames: what one side writes the other reads, and nobody between them changes. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  frameText,
  hmacHex,
  isSameSeal,
  isSealed,
  messageOf,
  readFrame,
  writeFrame,
  type Frame,
  type Sealing,
} from './frame.ts';
import { authText, isPlainField, readyText, sessionKey } from './handshake.ts';

const sealing: Sealing = { session: 'session', key: 'f00d', speaker: 's' };

function read(text: string): Frame {
  const frame = readFrame(text);
  if (!frame.ok) throw new Error(frame.error);
  return frame.value;
}

describe('a frame', () => {
  test('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.dictionary(fc.string(), fc.jsonValue()), (ack, body) => {
        const message = { ...body, t: 'delta' };
        const frame = read(writeFrame(sealing, { q: 1, ack, message }));
        expect(isSealed(sealing, frame)).toBe(true);
        expect(messageOf(frame)).toEqual(JSON.parse(JSON.stringify(message)));
      }),
    );
  });

  test('is sealed over the text that the protocol names', () => {
    const frame = read(writeFrame(sealing, { q: 7, ack: 3, message: { t: 'beat' } }));
    const text = '1|session|s|7|3|beat|{"t":"beat"}';
    expect(frameText(sealing, frame)).toBe(text);
    expect(frame.m).toBe(createHmac('sha256', 'f00d').update(text).digest('hex'));
  });

  test('is not believed with anything changed, from the other side or in another session', () => {
    const frame = read(writeFrame(sealing, { q: 7, ack: 3, message: { t: 'beat' } }));
    const changes: readonly Partial<Frame>[] = [
      ...[{ q: 8 }, { ack: 4 }, { t: 'snapshot' }, { b: '{"t":"beat" }' }],
      { m: frame.m.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
    ];
    for (const change of changes) expect(isSealed(sealing, { ...frame, ...change })).toBe(false);
    expect(isSealed({ ...sealing, speaker: 'c' }, frame)).toBe(false);
    expect(isSealed({ ...sealing, session: 'other' }, frame)).toBe(false);
    expect(isSealed({ ...sealing, key: 'other' }, frame)).toBe(false);
  });

  test('of another shape or version is none', () => {
    const good = JSON.parse(writeFrame(sealing, { q: 1, ack: 0, message: { t: 'beat' } })) as Frame;
    const fault = (change: object) => readFrame(JSON.stringify({ ...good, ...change }));
    expect(readFrame(JSON.stringify(good)).ok).toBe(true);
    for (const text of ['', '{', 'null', '7', '[]', '"beat"']) {
      expect(readFrame(text)).toEqual({ ok: false, error: 'not-json' });
    }
    expect(fault({ v: 2 })).toEqual({ ok: false, error: 'version' });
    const wrong = [{ q: 0 }, { q: -1 }, { q: 1.5 }, { q: '1' }, { q: 2 ** 53 }, { ack: -1 }];
    const others = [
      { ack: null },
      { t: 7 },
      { t: 'A|B' },
      { b: {} },
      { m: '' },
      { m: 'G'.repeat(64) },
    ];
    for (const change of [...wrong, ...others]) {
      expect(fault(change)).toEqual({ ok: false, error: 'shape' });
    }
  });

  test('holds no message where its text is none, or one of another type', () => {
    const frame = read(writeFrame(sealing, { q: 1, ack: 0, message: { t: 'beat' } }));
    for (const b of ['', '[]', 'null', '{"t":"ack"}'])
      expect(messageOf({ ...frame, b })).toBeNull();
  });

  test('never throws for what comes in', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readFrame(text)));
  });
});

test('seals are the same only where every character is', () => {
  const seal = hmacHex('k', 'text');
  expect(isSameSeal(seal, seal)).toBe(true);
  for (const other of ['', seal.slice(1), `${seal}0`, hmacHex('k', 'other')]) {
    expect(isSameSeal(other, seal)).toBe(false);
    expect(isSameSeal(seal, other)).toBe(false);
  }
});

describe('the handshake', () => {
  const introduction = { serverNonce: 'a1', connectorNonce: 'b2', session: 's' };

  test('seals texts that the protocol names', () => {
    const auth = { device: 'd', login: '123', server: 'Broker-Demo' };
    expect(authText(introduction, auth)).toBe('auth|1|a1|b2|d|123|Broker-Demo|s');
    expect(readyText(introduction)).toBe('ready|1|a1|b2|s');
    expect(sessionKey('token', introduction)).toBe(hmacHex('token', 'key|1|a1|b2|s'));
  });

  test('takes no field that could be taken for two', () => {
    expect(['Broker-Demo 3', 'Ärger'].every(isPlainField)).toBe(true);
    expect(['', 'a|b', 'a\nb', 'x'.repeat(129)].some(isPlainField)).toBe(false);
  });
});
