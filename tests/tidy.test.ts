/** The house rules that a machine can check: rooms, arrows, names, sizes, pins. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '../core/errors.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Tracked files and those not ignored, so that a new file is held to the rules before its commit. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const code = files.filter(
  (path) => /\.(ts|svelte|mjs|js)$/.test(path) && !path.endsWith('.gen.ts'),
);
const rooms = ['core', 'workers', 'sync', 'web'] as const;
type Room = (typeof rooms)[number];
const production = code.filter(
  (path) => rooms.some((room) => path.startsWith(`${room}/`)) && !path.endsWith('.test.ts'),
);

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?'([^']+)'|import(?:\.meta\.resolve)?\('([^']+)'\)/gm;

function importsOf(path: string): Import[] {
  return [...read(path).matchAll(statement)].map((match) => ({
    from: path,
    specifier: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

/** The path inside the project that an import names, or null for a package. */
function target({ from, specifier }: Import): string | null {
  const aliased = specifier.replace(/^#lib\//, 'web/lib/').replace(/^\$lib\//, 'web/lib/');
  if (aliased !== specifier) return aliased;
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : null;
}

const roomOf = (path: string): Room | undefined =>
  rooms.find((room) => path === room || path.startsWith(`${room}/`));

const engineRooms = /^workers\/(kernel|backtest|code|optimise|learn)\//;

function isAllowed(imported: Import, to: string): boolean {
  const from = roomOf(imported.from);
  const into = roomOf(to);
  if (into === undefined || from === into || into === 'core')
    return into !== 'web' || from === 'web';
  if (from === 'core') return false;
  if (from === 'sync') return into === 'workers' && engineRooms.test(to);
  if (from !== 'web') return false;
  if (into === 'workers' && to.startsWith('workers/store/')) return true;
  return imported.typeOnly && (into === 'workers' || to === 'sync/router.ts');
}

describe('the rooms', () => {
  test('are connected by the allowed arrows alone', () => {
    const broken = production
      .flatMap(importsOf)
      .filter((imported) => {
        const to = target(imported);
        return to !== null && !isAllowed(imported, to);
      })
      .map(({ from, specifier }) => `${from} → ${specifier}`);
    expect(broken).toEqual([]);
  });

  test('leave clock, randomness and the outside world out of core', () => {
    const forbidden = /\b(Date\.now|Math\.random|performance\.now|new Date\(\)|setTimeout|fetch\()/;
    const found = production.filter(
      (path) => path.startsWith('core/') && forbidden.test(read(path)),
    );
    expect(found).toEqual([]);
  });
});

describe('files', () => {
  test('have names that say what is in them', () => {
    const empty = /(^|\/)(utils?|helpers?|common|misc|manager|index)\.(ts|js|svelte)$/;
    expect(files.filter((path) => empty.test(path))).toEqual([]);
  });

  test('stay under 400 lines', () => {
    const long = [...code, ...files.filter((path) => path.endsWith('.css'))].filter(
      (path) => read(path).split('\n').length > 400,
    );
    expect(long).toEqual([]);
  });

  test('open with a sentence that names their idea', () => {
    const silent = production
      .filter((path) => path.endsWith('.ts') && !/\/\+(page|layout)\.ts$/.test(path))
      .filter((path) => !/^\s*(\/\/\/[^\n]*\n\s*)?(\/\*\*?|\/\/)/.test(read(path)));
    expect(silent).toEqual([]);
  });

  test('hold no work left for later, no silenced check and no machine of ours', () => {
    // Words in two halves, so that this file does not find itself.
    const later = ['TO', 'DO|FIX', 'ME|XX', 'X'].join('');
    const left = new RegExp(
      [
        `\\b(${later})\\b`,
        '@ts-(ignore|nocheck)',
        '(\\bas|:) any(?=\\s*[;,)=\\[\\]>|&])',
        '\\b(it|test|describe)\\.(only|todo)\\b',
        '(^|[\\s\'"`(])/(work|farm)/',
      ].join('|'),
    );
    const found = files
      .filter((path) => /\.(ts|svelte|mjs|js|css|md|json|yml|sql|html)$/.test(path))
      .filter((path) => !/(\.gen\.ts|^package-lock\.json)$/.test(path))
      .filter((path) => left.test(read(path)));
    expect(found).toEqual([]);
  });
});

describe('packages', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    read('package.json'),
  ) as Record<string, Record<string, string>>;

  test('are pinned exactly', () => {
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^(npm:[^@]+@)?\d/.test(version))).toEqual(
      [],
    );
  });

  test('that ship are used by production code', () => {
    const specifiers = production.flatMap(importsOf).map(({ specifier }) => specifier);
    // The sample is a file of a package, not a module of it.
    const other = read('workers/store/sample.ts');
    const unused = Object.keys(dependencies ?? {}).filter(
      (name) =>
        !specifiers.some((used) => used === name || used.startsWith(`${name}/`)) &&
        !other.includes(`'${name}/`),
    );
    expect(unused).toEqual([]);
  });
});

test('every error code is raised somewhere and has words for people', () => {
  const tellers = ['web/lib/words/errors.ts', 'web/lib/words/trade-errors.ts'];
  const silent = ['core/errors.ts', ...tellers];
  const sources = production.filter((path) => !silent.includes(path)).map(read);
  const words = tellers.map(read).join('');
  const idle = errorCodes.filter(
    (name) => !words.includes(`'${name}'`) || !sources.some((text) => text.includes(`'${name}'`)),
  );
  expect(idle).toEqual([]);
});

test('every command of package.json is explained in the README or in CONTRIBUTING', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const text = read('README.md') + read('CONTRIBUTING.md');
  const name = (script: string) =>
    script === 'start' || script === 'test' ? `npm ${script}` : `npm run ${script}`;
  const said = text.replaceAll('npm run -s ', 'npm run ');
  expect(Object.keys(scripts).filter((script) => !said.includes(name(script)))).toEqual([]);
});

test('links between documents lead somewhere', () => {
  const broken = files
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
        .map((match) => normalize(join(dirname(path), match[1]!)))
        .filter((to) => !existsSync(join(root, to)))
        .map((to) => `${path} → ${to}`),
    );
  expect(broken).toEqual([]);
});
