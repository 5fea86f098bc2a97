import { expect, test } from 'vitest';
import { securityHeaders } from './security-headers.ts';

test('what a page may not use is named with words that browsers know', () => {
  const headers = securityHeaders({ contentPolicy: "default-src 'self'", encrypted: false });
  const policy = headers['Permissions-Policy'] ?? '';
  // Browsers warn on every page about a feature they do not know, such as bluetooth.
  expect(policy).toBe('camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=()');
});

test('only an encrypted server asks browsers to stay encrypted', () => {
  for (const encrypted of [true, false]) {
    const headers = securityHeaders({ contentPolicy: "default-src 'self'", encrypted });
    expect('Strict-Transport-Security' in headers).toBe(encrypted);
  }
});
