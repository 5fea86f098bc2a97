import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLog, type Log } from './log.ts';

function written(write: (log: Log) => void): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog('trace', { write: (line: string) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const canary = 'canary-hunter2';
const token = `${randomUUID()}.${'Ab3'.repeat(15)}`;

describe('a line of the log', () => {
  it('has no secret by its name, at any depth, in lists and in what a child adds', () => {
    const secrets = {
      password: canary,
      newPassword: canary,
      'set-cookie': [canary],
      headers: { authorization: canary, cookie: canary },
      sessionToken: canary,
      recoveryCodes: [canary],
      code: '123456',
      totp: canary,
      passwordHash: canary,
      params: [canary],
    };
    const lines = written((log) => {
      log.info(secrets, 'flat');
      log.info({ a: { b: [{ c: secrets }] } }, 'deep');
      const child = log.child(secrets).child({ user: secrets });
      child.warn('of a child of a child');
      child.child({ secrets }, { level: 'trace' }).trace({ user: secrets });
    });
    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toContain(canary);
    expect(JSON.stringify(lines)).not.toContain('123456');
  });

  it('has no secret by its look, in fields and in the message', () => {
    const lines = written((log) => {
      log.info({ path: `/verify/${token}`, note: 'for trader@example.com' }, `sent ${token}`);
      log.info('sent %s to %s', token, 'trader@example.com');
    });
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(token);
    expect(JSON.stringify(lines)).not.toContain('trader@');
  });

  it('describes an error by what is known to be harmless, wherever it stands', () => {
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', password: canary });
    const error = Object.assign(new Error(`no mail for trader@example.com\n    at ${token}`), {
      cause,
      request: { headers: { cookie: canary } },
      detail: canary,
    });
    const lines = written((log) => {
      log.error({ err: error }, 'failed');
      log.error(error);
      log.error({ err: error });
      log.error({ about: { error } }, 'deep');
      log.error({ err: canary.split('').map(() => error) }, 'many');
    });
    const text = JSON.stringify(lines);
    expect(text).not.toContain(canary);
    expect(text).not.toContain('trader@');
    expect(text).not.toContain(token);
    expect(lines[0]!['err']).toMatchObject({
      type: 'Error',
      frames: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
      cause: { type: 'Error', code: 'ECONNREFUSED', message: 'refused' },
    });
  });

  it('keeps the codes of errors, the id of the request and plain figures', () => {
    const requestId = 'A1b2C3d4E5f6A1b2C3d4E5f6A1b2C3d4';
    const fields = { requestId, code: 'auth.code-wrong', status: 200, tookMs: 1.5, ready: true };
    const [line, exit, state] = written((log) => {
      log.info(fields, 'request');
      log.info({ code: 1 }, 'exit');
      log.info({ code: '57P01' }, 'postgres');
    });
    expect(line).toMatchObject({ ...fields, msg: 'request', level: 'info' });
    expect(exit).toMatchObject({ code: '1' });
    expect(state).toMatchObject({ code: '57P01' });
  });

  it('is written even of what contains itself', () => {
    const loop: Record<string, unknown> = { name: 'loop' };
    loop['self'] = loop;
    expect(written((log) => log.info({ loop }, 'round'))).toHaveLength(1);
  });
});

describe('the message of an error', () => {
  it('of a text or value that could not be read quotes nothing of it', () => {
    const lines = written((log) => {
      for (const text of [`{"password":"${canary}"`, `"${canary}`, canary]) {
        try {
          JSON.parse(text);
        } catch (error) {
          log.error({ err: error }, 'failed');
        }
      }
      log.error({ err: canary }, 'a text is thrown');
    });
    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines.slice(0, 3))).not.toContain(canary);
  });
});
