import { expect, it } from 'vitest';
import { times } from '../rules/time-functions.ts';
import { marketSessions } from './sessions.ts';

it('sessions have the hours that the rule language gives them', () => {
  const clock = (ms: number) => `${String(ms / 3_600_000).padStart(2, '0')}:00`;
  for (const { name, fromMs, lengthMs } of marketSessions) {
    const told = times.find((time) => time.name === name)?.description;
    expect(told).toContain(`${clock(fromMs)} to ${clock(fromMs + lengthMs)} by the clocks there`);
  }
});
