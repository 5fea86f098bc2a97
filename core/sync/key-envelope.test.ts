import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  envelopeFormat,
  passphraseCost,
  readEnvelope,
  readRecoveryCode,
  RECOVERY_BYTES,
  recoveryCodeOf,
} from './key-envelope.ts';

const code = fc.uint8Array({ minLength: RECOVERY_BYTES, maxLength: RECOVERY_BYTES });

describe('a recovery code', () => {
  test('gives back its bytes, however it is typed', () => {
    const dressed = fc.tuple(code, fc.constantFrom(' ', '', '-', '  ', '.'), fc.boolean());
    fc.assert(
      fc.property(dressed, ([bytes, between, isLower]) => {
        const text = recoveryCodeOf(bytes).replaceAll('-', between);
        expect(readRecoveryCode(isLower ? text.toLowerCase() : text)).toEqual(bytes);
      }),
    );
  });

  test('is eight groups of four of letters that nobody takes for one another', () => {
    expect(recoveryCodeOf(new Uint8Array(20).fill(255))).toBe(
      'ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ',
    );
    const typed = 'OIL0-0000-0000-0000-0000-0000-0000-0000';
    expect(readRecoveryCode(typed)).toEqual(
      readRecoveryCode('0110-0000-0000-0000-0000-0000-0000-0000'),
    );
  });

  test('is refused when a character is missing, too many or none of its own', () => {
    fc.assert(
      fc.property(code, (bytes) => {
        const text = recoveryCodeOf(bytes);
        expect(readRecoveryCode(text.slice(1))).toBeNull();
        expect(readRecoveryCode(`${text}0`)).toBeNull();
        expect(readRecoveryCode(text.replace(/^./, 'U'))).toBeNull();
      }),
    );
  });
});

describe('an envelope', () => {
  const wrapped = { salt: 'A'.repeat(22), wrapped: 'B'.repeat(80) };
  const whole = { format: envelopeFormat, keyId: 'k'.repeat(16), passphrase: wrapped };

  test('is read when it is whole and exactly of this format', () => {
    const envelope = { ...whole, recovery: wrapped };
    expect(readEnvelope(envelope)).toEqual(envelope);
    expect(readEnvelope({ ...envelope, passphrase: { ...wrapped, cost: 1 } })).toEqual(envelope);
    for (const other of [
      whole,
      { ...envelope, format: 'offing.key.v0' },
      { ...envelope, recovery: { ...wrapped, salt: 'A' } },
      { ...envelope, keyId: '' },
      null,
      [],
      'x',
    ]) {
      expect(readEnvelope(other)).toBeNull();
    }
  });

  test('costs a guesser what a password costs on the server', () => {
    expect(passphraseCost).toEqual({ m: 65_536, t: 3, p: 1, dkLen: 32, version: 0x13 });
  });
});
