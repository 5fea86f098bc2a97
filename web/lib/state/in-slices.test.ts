/** Long work gives way to the page, short work ends before anyone could miss it. */
import { expect, it, vi } from 'vitest';
import { inSlices, whenSliced } from './in-slices.ts';

function* counting(steps: number, onStep: () => void = () => undefined): Generator<void, number> {
  for (let i = 0; i < steps; i++) {
    onStep();
    yield;
  }
  return steps;
}

it('tells at once what a short work came to', () => {
  const done = vi.fn();
  inSlices(counting(3), done);
  expect(done).toHaveBeenCalledExactlyOnceWith(3);
});

it('gives way in the middle of a long one, and ends it later', async () => {
  vi.useFakeTimers();
  try {
    let atMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (atMs += 5));
    const late = vi.fn();
    inSlices(counting(20), late);
    expect(late).not.toHaveBeenCalled();
    await vi.runAllTimersAsync();
    expect(late).toHaveBeenCalledExactlyOnceWith(20);
    const never = vi.fn();
    inSlices(counting(20), never)();
    await vi.runAllTimersAsync();
    expect(never).not.toHaveBeenCalled();
  } finally {
    vi.restoreAllMocks();
    vi.useRealTimers();
  }
});

it('rejects with what a step throws', async () => {
  function* broken(): Generator<void, never> {
    yield;
    throw new Error('broken');
  }
  await expect(whenSliced(broken())).rejects.toThrow('broken');
});
