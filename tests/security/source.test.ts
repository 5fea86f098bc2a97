/** What no source file may do, and lists of docs/security/asvs.md that the sources must agree with. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const production = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
  .filter((path) => /^(core|workers|sync|web)\/.*\.(ts|svelte)$/.test(path))
  .filter((path) => !/\.(gen|test)\.ts$/.test(path) && existsSync(join(root, path)));

const holding = (pattern: RegExp, room = /./) =>
  production.filter((path) => room.test(path) && pattern.test(read(path)));

/** The files that a section of the page names. */
function filesIn(section: string): readonly string[] {
  const [, text = ''] = read('docs/security/asvs.md').split(`\n### ${section}\n`);
  const files = (text.split('\n### ')[0] ?? '').match(
    /(?<=`)(core|workers|sync|web)\/[^`]+\.ts(?=`)/g,
  );
  return [...new Set(files)].sort();
}

describe('the sources', () => {
  it('are read', () => {
    expect(production.length).toBeGreaterThan(300);
  });

  it('make no code and no markup from text', () => {
    const making =
      /\beval\(|new Function\(|\b(setTimeout|setInterval)\(\s*['"`]|\{@html|\.(innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write|createContextualFragment/;
    expect(holding(making)).toEqual([]);
  });

  it('lock HTML that is not of the pages into a frame that may do nothing', () => {
    const framing = holding(/srcdoc/);
    expect(framing).not.toEqual([]);
    for (const path of framing) {
      expect(read(path).split('srcdoc').length).toBe(read(path).split('sandbox=""').length);
    }
  });

  it('put no SQL together from text, but for migrations', () => {
    expect(holding(/\bsql\.raw\(|\.unsafe\(/, /^sync\//)).toEqual(['sync/database/migrations.ts']);
  });

  it('start programs from a list of words, without a shell', () => {
    expect(holding(/(?<![.\w])(exec|execSync)\(|shell: true/, /^sync\//)).toEqual([]);
    expect(holding(/from 'node:child_process'/)).toEqual([
      'sync/database/command.ts',
      'sync/database/postgres-process.ts',
    ]);
  });

  it('make no pattern of text that others sent', () => {
    expect(holding(/new RegExp\(/, /^sync\//)).toEqual([]);
  });

  it('take what must not be guessed from the system, never from Math.random', () => {
    expect(holding(/Math\.random/, /^(sync|web)\//)).toEqual([]);
  });

  it('listen to no other window', () => {
    // Of these the service worker hears its own pages, the socket its room on the server, the room
    // its own maker, and the others channels of this origin.
    expect(holding(/EventListener\('message'|\bonmessage\b/).toSorted()).toEqual([
      'web/lib/account/account.svelte.ts',
      'web/lib/sync/leader.ts',
      'web/lib/sync/sync.svelte.ts',
      'web/lib/trading/trading-news.ts',
      'web/service-worker/service-worker.ts',
      'workers/replica/live/socket-way.ts',
      'workers/replica/replica.worker.ts',
      'workers/room.worker.ts',
    ]);
  });
});

describe('the list of keys and algorithms', () => {
  const using =
    /\bcreate(Hash|Hmac|Cipheriv|Decipheriv|Sign|Verify)\b|crypto\.subtle|(?:from |import\()'(@node-rs\/argon2|otplib|@simplewebauthn\/server|web-push|@noble\/hashes[^']*)'/;

  it('names every file that works with them', () => {
    const types = /^import type [^;]*;$/gm;
    const found = production.filter((path) => using.test(read(path).replaceAll(types, '')));
    const tools = /^web\/plugins\//;
    expect(filesIn('Keys and algorithms')).toEqual(
      found.filter((path) => !tools.test(path)).sort(),
    );
  });

  it('has none that is broken, and nothing but authenticated encryption', () => {
    const named = production.flatMap((path) => [
      ...read(path).matchAll(/\bcreate(?:Hash|Hmac|Cipheriv|Decipheriv)\(\s*'?([\w-]+)/g),
    ]);
    const algorithms = new Set(named.map(([, name]) => name));
    expect([...algorithms].sort()).toEqual(['algorithm', 'sha256']);
    const cipher = read('sync/vault/aes-gcm.ts');
    expect(cipher).toContain("const algorithm = 'aes-256-gcm';");
    expect(holding(/create(Cipheriv|Decipheriv)/)).toEqual(['sync/vault/aes-gcm.ts']);
    expect(holding(/\b(md5|sha1|des3|rc4|aes-\d+-(ecb|cbc))\b/i, /^sync\//)).toEqual([]);
  });
});

describe('the list of connections', () => {
  it('names every module of the server that opens or takes them', () => {
    const values = (path: string) => read(path).replaceAll(/^import type [^;]*;$/gm, '');
    const opening =
      /\bfetch\(|(?:from|import\() ?'(postgres|nodemailer|@sentry\/node|@opentelemetry\/exporter[^']*|node:(https?|tls|dgram|dns))'|\b(connect|createServer)\b[^;]*from 'node:net'/;
    const found = production.filter(
      (path) => path.startsWith('sync/') && opening.test(values(path)),
    );
    expect(filesIn('What the server talks to')).toEqual([...found].sort());
  });

  it('leaves the pages with their own server alone', () => {
    const asking = holding(
      /\bfetch\(|new (WebSocket|EventSource)\(|sendBeacon/,
      /^(web|workers)\//,
    );
    for (const path of asking) {
      expect(read(path), path).not.toMatch(
        /(fetch|WebSocket|EventSource|sendBeacon)\(['"`](https?|wss?):/,
      );
    }
  });
});
