/** What a visitor must load, in gzipped bytes of the built pages, against the house budgets. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readKeptParts } from './kept-parts.ts';

const build = join(import.meta.dirname, '..', 'build');
const kB = 1000;
const read = (path: string) => readFileSync(join(build, path));
const gzipped = (path: string) => gzipSync(read(path), { level: 9 }).length;
const sum = (paths: Iterable<string>) =>
  [...paths].reduce((total, path) => total + gzipped(path), 0);

const files = readdirSync(build, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(build, join(entry.parentPath, entry.name)))
  .filter((path) => !/\.(html|js|css|svg|json|webmanifest)\.(gz|br)$/.test(path));
const pages = files.filter((path) => path.endsWith('.html'));
const scripts = files.filter((path) => path.startsWith('_app/immutable/') && path.endsWith('.js'));

/** The scripts and styles that a page names itself, which the browser fetches before it can act. */
function named(page: string, pattern: RegExp): Set<string> {
  // A sheet that is switched off stands in the page already, as inline style.
  const text = read(page)
    .toString()
    .replaceAll(/<link[^>]*disabled[^>]*>/g, '');
  return new Set([...text.matchAll(pattern)].map((match) => match[1]!));
}
/** Styles travel inside the page up to a size; both ways count. */
const inlineStyle = (page: string) =>
  [
    ...read(page)
      .toString()
      .matchAll(/<style[^>]*>([^]*?)<\/style>/g),
  ].reduce((total, match) => total + gzipSync(match[1]!).length, 0);
const asset = (kind: string) =>
  new RegExp(`["'(](?:\\.{1,2}/|/)*(_app/[^"')]+\\.${kind})["')]`, 'g');

describe('the bytes a visitor loads', () => {
  test('there are pages to weigh', () => {
    expect(pages).toContain('index.html');
    expect(named('index.html', asset('js')).size).toBeGreaterThan(2);
  });

  test('the first page needs at most 100 kB of script', () => {
    expect(sum(named('index.html', asset('js')))).toBeLessThanOrEqual(100 * kB);
  });

  test.each(pages)('%s needs at most 180 kB of script and 25 kB of style', (page) => {
    expect(sum(named(page, asset('js')))).toBeLessThanOrEqual(180 * kB);
    const style = sum(named(page, asset('css'))) + inlineStyle(page);
    expect(style).toBeGreaterThan(kB);
    expect(style).toBeLessThanOrEqual(25 * kB);
  });

  test('no lazy script is larger than 150 kB', () => {
    expect(scripts.filter((path) => gzipped(path) > 150 * kB)).toEqual([]);
  });

  test('what is kept for offline use at once is at most 2.5 MB, and every page is kept then or soon', () => {
    const { precache, soon, firstUse } = readKeptParts();
    const [atOnce, all] = [new Set(precache), new Set([...precache, ...soon])];
    const left = scripts.filter((path) => !all.has(`/${path}`));
    // What runs and reads code, and what pages of the server show, are kept from first use on.
    expect(left.filter((path) => /\/(nodes|entry)\//.test(path))).toEqual([]);
    expect(left.length).toBeLessThan(scripts.length / 3);
    for (const path of left) expect(firstUse).toContain(`/${path}`);
    expect(precache).toContain('/404.html');
    const kept = files.filter((path) => atOnce.has(`/${path}`));
    expect(kept.length).toBe(atOnce.size);
    expect(kept.reduce((total, path) => total + read(path).length, 0)).toBeLessThanOrEqual(
      2500 * kB,
    );
  });
});

test('no two scripts wait for each other: one of them would run before what it needs', () => {
  const importsOf = (path: string) =>
    [
      ...read(path)
        .toString()
        .matchAll(/\b(?:im|ex)port\b[^"'();]*["'](\.{1,2}\/[^"']+\.js)["']/g),
    ].map(([, to]) => join(dirname(path), to!));
  const imports = new Map(scripts.map((path) => [path, importsOf(path)]));
  expect([...imports.values()].flat().length).toBeGreaterThan(scripts.length);
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, way: readonly string[]) => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (way.includes(path) || done.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of scripts) walk(path, []);
  expect(circles).toEqual([]);
});
