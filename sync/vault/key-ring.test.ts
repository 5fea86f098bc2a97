import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addKey, readKeyFile, removeKeys } from './key-file.ts';
import { openKeyRing, type KeyRing } from './key-ring.ts';
import { createVault } from './vault.ts';

const place = { tenant: 'ann', table: 't', row: '1', column: 'c' };
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-keys-'));
  file = join(folder, 'vault-keys.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (given: string | null = null, absent: 'make' | 'refuse' = 'make') =>
  openKeyRing({ file, given, absent, nowMs: 1_000 });

async function ring(given: string | null = null): Promise<KeyRing> {
  const opened = await open(given);
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

async function sentence(given: string | null = null): Promise<string> {
  const opened = await open(given);
  return opened.ok ? 'opened' : opened.error.sentence;
}

async function keys() {
  const read = readKeyFile(file);
  if (!read.ok || read.value === null) throw new Error('there are keys');
  return read.value;
}

describe('the keys in the data folder', () => {
  it('are made once, readable by their owner alone, and found again', async () => {
    const sealed = createVault(await ring()).seal('text', place);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(createVault(await ring()).open(sealed, place)).toBe('text');
    expect(await keys()).toHaveLength(1);
  });

  it('are not made by a command that works beside the server', async () => {
    expect(await open(null, 'refuse')).toMatchObject({ ok: false });
    expect(readKeyFile(file)).toEqual({ ok: true, value: null });
  });

  it('are refused when others can read them', async () => {
    await ring();
    await chmod(file, 0o640);
    expect(await sentence()).toContain('chmod 600');
  });

  it('are refused when damaged, and never replaced', async () => {
    await ring();
    const whole = await readFile(file, 'utf8');
    const [kept] = await keys();
    const damaged = [
      '',
      whole.slice(0, -5),
      '{"version":1,"keys":[]}',
      whole.replace('"version": 1', '"version": 2'),
      whole.replace(/"key": "../, '"key": "'),
      whole.replace(/"key": "[^"]+"/, `"key": "${'00'.repeat(32)}"`),
      whole.replace('"retiredMs": null', '"retiredMs": 5'),
      JSON.stringify({ version: 1, keys: [kept, { ...kept, retiredMs: 5 }] }),
    ];
    for (const text of damaged) {
      await writeFile(file, text);
      expect(await sentence()).toContain('put the file back from a backup');
      expect(await readFile(file, 'utf8')).toBe(text);
    }
  });

  it('that another process adds seal and open from the next value on', async () => {
    const server = await ring();
    const before = createVault(server).seal('old', place);
    const added = await addKey(file, await keys(), 2_000);
    const after = createVault(server).seal('new', place);
    expect(after.startsWith(`${added.id}.`)).toBe(true);
    const other = await ring();
    for (const vault of [createVault(server), createVault(other)]) {
      expect([vault.open(before, place), vault.open(after, place)]).toEqual(['old', 'new']);
    }
  });

  it('are read again when a value names one that is not known', async () => {
    const server = await ring();
    expect(server.ids()).toHaveLength(1);
    const added = await addKey(file, await keys(), 2_000);
    expect(server.find(added.id)?.id).toBe(added.id);
    expect(server.find('stranger')).toBeNull();
  });

  it('do not seal once their file is gone: nobody could open it after a restart', async () => {
    const server = await ring();
    const sealed = createVault(server).seal('text', place);
    await rm(file);
    expect(() => createVault(server).seal('text', place)).toThrow('there and whole');
    expect(createVault(server).open(sealed, place)).toBe('text');
  });

  it('lose retired ones alone, even when asked for more', async () => {
    await ring();
    const [old] = await keys();
    const added = await addKey(file, await keys(), 2_000);
    await removeKeys(file, await keys(), [old!.id, added.id]);
    expect((await keys()).map(({ id }) => id)).toEqual([added.id]);
  });

  it('are not shown when a ring is printed', async () => {
    const server = await ring();
    const [kept] = await keys();
    const shown = inspect([server, server.current()], { depth: 9, showHidden: true });
    expect(shown + JSON.stringify(server.current())).not.toContain(kept!.key);
  });
});

describe('the keys in the environment', () => {
  const one = randomBytes(32).toString('hex');
  const two = randomBytes(32).toString('hex');

  it('replace the file; the first seals and all open', async () => {
    const sealed = createVault(await ring(`a:${one}`)).seal('text', place);
    const both = createVault(await ring(`b:${two}, a:${one}`));
    expect(both.open(sealed, place)).toBe('text');
    expect(both.seal('text', place).startsWith('b.')).toBe(true);
    expect(readKeyFile(file)).toEqual({ ok: true, value: null });
  });

  it('are refused without being quoted when they are no good', async () => {
    const ascending = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('hex');
    const refused = [
      '',
      'a',
      one,
      `a:${one.slice(2)}`,
      `a:${one}00`,
      `a:${one}:x`,
      `a b:${one}`,
      `a:${one},`,
      `a:${'z'.repeat(64)}`,
      `a:${one},a:${two}`,
      `a:${one},b:${one}`,
      `a:${'ab'.repeat(32)}`,
      `a:${'0123456789abcdef'.repeat(4)}`,
      `a:${ascending}`,
    ];
    for (const given of refused) {
      const said = await sentence(given);
      expect(said).toContain('OFFING_VAULT_KEYS');
      expect(said).not.toContain(one.slice(2, 20));
    }
  });
});
