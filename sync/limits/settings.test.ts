import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#core/identity/limit-classes.ts';
import { readLimits } from './settings.ts';

describe("the operator's limits", () => {
  it('replace the usual ones for the classes named', () => {
    expect(readLimits(undefined)).toEqual({ ok: true, value: defaultLimits });
    expect(readLimits('auth=1000/10000, data=60/1001')).toEqual({
      ok: true,
      value: {
        ...defaultLimits,
        auth: { minute: 1_000, hour: 10_000 },
        data: { minute: 60, hour: 1_001 },
      },
    });
  });

  it('are refused with the form they should have', () => {
    for (const text of ['auth', 'auth=0/5', 'auth=5', 'auth=-1/5', 'other=1/2', 'auth=1/1e9']) {
      const read = readLimits(text);
      expect(read.ok).toBe(false);
      if (!read.ok) expect(read.error.sentence).toContain('auth=10/100');
    }
  });
});
