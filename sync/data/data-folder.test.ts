import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import { keptSecret } from './secrets.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'offing-data-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe('a data folder', () => {
  it('is made when absent, and open to one server at a time', async () => {
    const path = join(parent, 'deep', 'data');
    const first = await openDataFolder(path);
    if (!first.ok) throw new Error(first.error.sentence);
    await first.value.announce('http://127.0.0.1:5170');
    const second = await openDataFolder(path);
    expect(second.ok ? '' : second.error.sentence).toContain('http://127.0.0.1:5170');
    await first.value.close();
    const third = await openDataFolder(path);
    expect(third.ok).toBe(true);
    if (third.ok) await third.value.close();
  });

  it('that every user can change is refused', async () => {
    await chmod(parent, 0o777);
    const opened = await openDataFolder(parent);
    expect(opened.ok ? '' : opened.error.sentence).toContain('chmod o-w');
  });

  it('is cleared of drafts that a power cut left', async () => {
    await writeFile(join(parent, 'server-secret.ab.draft'), 'half');
    const opened = await openDataFolder(parent);
    await expect(stat(join(parent, 'server-secret.ab.draft'))).rejects.toThrow('ENOENT');
    if (opened.ok) await opened.value.close();
  });
});

describe('a kept secret', () => {
  it('has 32 random bytes, is readable by its owner alone and stays the same', async () => {
    const path = join(parent, 'server-secret');
    const first = await keptSecret(path);
    expect(first.ok && first.value).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await keptSecret(path)).toEqual(first);
    expect(await keptSecret(join(parent, 'another'))).not.toEqual(first);
  });

  it('is refused when others can read it, and when it is cut short', async () => {
    const path = join(parent, 'server-secret');
    await keptSecret(path);
    await chmod(path, 0o644);
    const open = await keptSecret(path);
    expect(open.ok ? '' : open.error.sentence).toContain('chmod 600');
    await chmod(path, 0o600);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.slice(0, 20));
    const cut = await keptSecret(path);
    expect(cut.ok ? '' : cut.error.sentence).toContain('damaged');
    expect(cut.ok ? '' : cut.error.sentence).not.toContain(whole.slice(0, 20));
  });
});
