import { describe, expect, it } from 'vitest';
import { readConfiguration, unknownSettings } from './configuration.ts';

const folders = { projectFolder: '/project', workingFolder: '/elsewhere' };
const read = (environment: Record<string, string>) => readConfiguration(environment, folders);

function refusalOf(environment: Record<string, string>): string {
  const configuration = read(environment);
  return configuration.ok ? 'accepted' : configuration.error.sentence;
}

const strongSecret = 'k3Jx9Qw7Zt5Rb1Lm8Vn4Pc6Hd2Fg0SyAe';

describe('the configuration', () => {
  it('is loopback, port 5170 and a folder in the project when nothing is set', () => {
    const configuration = read({});
    expect(configuration).toMatchObject({
      ok: true,
      value: { host: '127.0.0.1', port: 5170, portGiven: false, dataFolder: '/project/.offing' },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(read({ PORT: '', OFFING_DATA: '', DATABASE_URL: '' })).toEqual(read({}));
  });

  it('starts relative paths at the working folder', () => {
    expect(read({ OFFING_DATA: 'mine' })).toMatchObject({
      value: { dataFolder: '/elsewhere/mine' },
    });
  });

  it.each(['abc', '-1', '65536', '1e3', ' 80', '0x50', '80.5'])('refuses the port %s', (PORT) => {
    expect(refusalOf({ PORT })).toBe('PORT must be a whole number from 0 to 65535.');
  });

  it('gives each account room in megabytes, and refuses what is no number of them', () => {
    expect(read({})).toMatchObject({ value: { quotaBytes: 2_000_000_000 } });
    expect(read({ OFFING_QUOTA_MB: '5' })).toMatchObject({ value: { quotaBytes: 5_000_000 } });
    for (const OFFING_QUOTA_MB of ['0', '-1', '1.5', '1e3', 'much', '12345678']) {
      expect(refusalOf({ OFFING_QUOTA_MB })).toBe(
        'OFFING_QUOTA_MB must be a whole number of megabytes from 1.',
      );
    }
  });

  it.each([
    'offing.example',
    'ftp://offing.example',
    'https://a/b',
    'https://u:p@a',
    'https://a?x',
  ])('refuses the public address %s', (OFFING_PUBLIC_URL) => {
    expect(refusalOf({ OFFING_PUBLIC_URL })).toMatch(/^OFFING_PUBLIC_URL must be an origin/);
  });

  it('refuses to be reachable from other machines without a public https address', () => {
    expect(refusalOf({ OFFING_HOST: '0.0.0.0' })).toMatch(/set OFFING_PUBLIC_URL/);
    expect(refusalOf({ OFFING_HOST: '::' })).toMatch(/set OFFING_PUBLIC_URL/);
    expect(
      refusalOf({ OFFING_HOST: '0.0.0.0', OFFING_PUBLIC_URL: 'http://offing.example' }),
    ).toMatch(/must start with https/);
    expect(
      read({ OFFING_HOST: '0.0.0.0', OFFING_PUBLIC_URL: 'https://offing.example/' }),
    ).toMatchObject({ ok: true, value: { publicOrigin: 'https://offing.example' } });
  });

  it('refuses a plain public address other than this machine, even on loopback', () => {
    expect(refusalOf({ OFFING_PUBLIC_URL: 'http://offing.example' })).toMatch(/https/);
    expect(read({ OFFING_PUBLIC_URL: 'http://localhost:8080' }).ok).toBe(true);
  });

  it('refuses a certificate without its key', () => {
    expect(refusalOf({ OFFING_TLS_CERT: 'a.pem' })).toMatch(/set together/);
    expect(refusalOf({ OFFING_TLS_KEY: 'a.pem' })).toMatch(/set together/);
  });

  it('refuses a short or guessable secret and never repeats it', () => {
    const weak = ['short', 'a'.repeat(64), `please-change-me-${strongSecret}`];
    for (const OFFING_SECRET of weak) {
      const sentence = refusalOf({ OFFING_SECRET });
      expect(sentence).toMatch(/^OFFING_SECRET/);
      expect(sentence).not.toContain(OFFING_SECRET);
    }
    expect(read({ OFFING_SECRET: strongSecret }).ok).toBe(true);
    expect(refusalOf({ OFFING_METRICS_TOKEN: 'short' })).toMatch(/^OFFING_METRICS_TOKEN/);
  });

  it('refuses a database that is not Postgres and never repeats its password', () => {
    const sentence = refusalOf({ DATABASE_URL: 'mysql://u:hunter2@db/x' });
    expect(sentence).toMatch(/^DATABASE_URL/);
    expect(sentence).not.toContain('hunter2');
  });

  it('notices variables that look like settings and are none', () => {
    expect(unknownSettings({ OFFING_PUBLICURL: 'x', OFFING_DATA: 'y', HOME: 'z' })).toEqual([
      'OFFING_PUBLICURL',
    ]);
  });
});
