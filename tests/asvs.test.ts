/** Every requirement of ASVS 5.0 has one entry in docs/security/asvs.md, and every test it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const page = read('docs/security/asvs.md');
const { levels } = JSON.parse(read('tests/golden/reference/asvs-5.0-levels.json')) as {
  levels: Readonly<Record<string, 1 | 2 | 3>>;
};

interface Row {
  readonly name: string;
  readonly asks: string;
  readonly entry: string;
}

/** The rows of every table whose head begins with `head`. */
function rowsUnder(head: string): readonly Row[] {
  const rows: Row[] = [];
  let isIn = false;
  for (const line of page.split('\n')) {
    const [, name = '', asks = '', entry = ''] = line.split('|').map((cell) => cell.trim());
    if (!line.startsWith('|')) isIn = false;
    else if (name === head) isIn = true;
    else if (isIn && !/^-+$/.test(name)) rows.push({ name, asks, entry });
  }
  return rows;
}

const requirements = rowsUnder('No.');
const threats = rowsUnder('Threat');

/** Tests stand as `title` or `title`, `title` … in `file`. */
const naming = /((?:`[^`]+`, )*`[^`]+`) in `([^`]+\.(?:test|spec)\.ts)`/g;

function testsIn(entry: string): readonly { readonly title: string; readonly file: string }[] {
  return [...entry.matchAll(naming)].flatMap(([, titles = '', file = '']) =>
    [...titles.matchAll(/`([^`]+)`/g)].map(([, title = '']) => ({ title, file })),
  );
}

/** First arguments of the calls that make tests, as they are written. */
const titleOf =
  /\(\s*(['"`])((?:\\.|(?!\1)[^\\\n])*)\1\s*,\s*(?=async\b|function\b|\(|\{|\w+,|\w+ =>)/g;

const titles = new Map<string, ReadonlySet<string>>();

function titlesIn(file: string): ReadonlySet<string> {
  const known = titles.get(file);
  if (known) return known;
  const text = existsSync(join(root, file)) ? read(file) : '';
  const found = new Set([...text.matchAll(titleOf)].map(([, , title = '']) => title));
  titles.set(file, found);
  return found;
}

const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-'),
);

const written = /^Written down: \[[^\]]+\]\((?:([^)#]+\.md)(?:#[^)]+)?|#([^)]+))\)/;

/** Why an entry says nothing that can be held against us, or null. */
function emptiness({ entry }: Row): string | null {
  const reason = /^(Does not apply|Not met|Comes with [a-z ]+): (.+)$/.exec(entry)?.[2];
  if (reason !== undefined) return reason.length >= 10 ? null : 'gives no reason';
  const [, , anchor] = written.exec(entry) ?? [];
  if (anchor !== undefined) return headings.includes(anchor) ? null : 'leads to no section';
  if (written.test(entry)) return null;
  return testsIn(entry).length > 0 && entry.startsWith('`') ? null : 'names no test and no reason';
}

describe('the page on ASVS', () => {
  it('has one entry for every requirement, and none for another', () => {
    const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
    const expected = Object.keys(levels).sort(byNumber);
    expect(requirements.map(({ name }) => name)).toEqual(expected);
  });

  it('covers both levels, and what was added of the third', () => {
    const count = (level: number) => Object.values(levels).filter((at) => at === level).length;
    expect([count(1), count(2), count(3)]).toEqual([70, 183, 5]);
  });

  it('has a reason, a section or a test in every entry, and says what each asks', () => {
    const empty = [...requirements, ...threats]
      .map((row) => `${row.name}: ${row.asks.length < 3 ? 'says not what' : emptiness(row)}`)
      .filter((text) => !text.endsWith(': null'));
    expect(empty).toEqual([]);
  });

  it('names tests that are there, in the file that it says', () => {
    const named = [...requirements, ...threats].flatMap(({ name, entry }) =>
      testsIn(entry).map((test) => ({ name, ...test })),
    );
    expect(named.length).toBeGreaterThan(100);
    const missing = named
      .filter(({ title, file }) => !titlesIn(file).has(title))
      .map(({ name, title, file }) => `${name}: '${title}' in ${file}`);
    expect(missing).toEqual([]);
  });

  it('names no test in a form that is not looked for', () => {
    const loose = [...requirements, ...threats]
      .map(({ name, entry }) => ({ name, rest: entry.replaceAll(naming, '') }))
      .filter(({ rest }) => /\.(test|spec)\.ts/.test(rest))
      .map(({ name }) => name);
    expect(loose).toEqual([]);
  });

  it('has the twenty threats', () => {
    expect(threats.map(({ name }) => name)).toEqual(
      Array.from({ length: 20 }, (_, i) => `${i + 1}`),
    );
  });
});
