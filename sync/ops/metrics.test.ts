import { describe, expect, it } from 'vitest';
import { createMetrics, mayReadMetrics } from './metrics.ts';

const from = (remoteAddress: string, authorization?: string) => ({
  headers: authorization === undefined ? {} : { authorization },
  socket: { remoteAddress },
});
const open = { token: null, publicOrigin: null };

describe('the figures', () => {
  it('are read from this machine, and not from another', () => {
    expect(mayReadMetrics(from('127.0.0.1'), open)).toBe(true);
    expect(mayReadMetrics(from('::ffff:127.0.0.1'), open)).toBe(true);
    expect(mayReadMetrics(from('::1'), open)).toBe(true);
    expect(mayReadMetrics(from('192.0.2.1'), open)).toBe(false);
  });

  it('need the token where there is one, and behind a proxy', () => {
    const guarded = { token: 'right', publicOrigin: null };
    expect(mayReadMetrics(from('127.0.0.1'), guarded)).toBe(false);
    expect(mayReadMetrics(from('192.0.2.1', 'Bearer right'), guarded)).toBe(true);
    expect(mayReadMetrics(from('192.0.2.1', 'Bearer wrong'), guarded)).toBe(false);
    const proxied = { token: null, publicOrigin: 'https://offing.example' };
    expect(mayReadMetrics(from('127.0.0.1'), proxied)).toBe(false);
  });

  it('count requests by class and status', async () => {
    const metrics = createMetrics();
    metrics.observe({ route: 'page', status: 200, seconds: 0.01 });
    expect(await metrics.text()).toContain(
      'offing_http_request_seconds_count{route="page",status="200"} 1',
    );
  });

  it('count mails and refused calls by what became of them', async () => {
    const metrics = createMetrics(['auth.signIn']);
    metrics.mail('failed');
    metrics.limited('auth.signIn', 'stranger');
    metrics.limited('made.up', 'address');
    metrics.pushed(['ok', 'quota', 'ok']);
    const text = await metrics.text();
    for (const line of [
      'offing_mails_total{result="failed"} 1',
      'offing_limited_calls_total{procedure="auth.signIn",kind="stranger"} 1',
      'offing_limited_calls_total{procedure="unknown",kind="address"} 1',
      'offing_changes_total{outcome="ok"} 2',
      'offing_changes_total{outcome="quota"} 1',
    ]) {
      expect(text).toContain(line);
    }
  });
});
