/**
 * Bundles the service worker after the pages are written, so that its precache list is what
 * really lies in `build/`: Kit's own list leaves out the chunks of the Web Workers.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';

interface PrecacheEntry {
  readonly url: string;
  /** Null where the file's name already holds a hash of its content. */
  readonly revision: string | null;
}

/**
 * Packed twins of files, what only an installer looks at, messages of languages, of which the chosen
 * one is kept elsewhere, and pages that the shell of 404.html
 * draws as well: those about an account, its programs or its orders, which need the server anyhow,
 * and charts, the journal, the market, notes, searches, settings and strategies, of which nothing that matters is drawn ahead
 * of time.
 */
const left = [
  /\.(html|js|css|svg|txt|json|webmanifest|wasm)\.(br|gz)$/,
  /\.map$/,
  /^service-worker\.js$/,
  /^screenshots\//,
  /^icons\/.*-512\.png$/,
  /^_app\/version\.json$/,
  /^_app\/immutable\/assets\/[a-z]{2}\.[^/]*\.json$/,
  /^(account|security|profile|admin|alerts|api-reference|charts|devices|journal|market|notes|optimise|orders|bots|strategies|connections|settings)\/.*\.html$/,
];

/**
 * The sandbox of strategies in code and the grammar they are read with: half of what rules need,
 * for the few who write code. Kept from their first use on; known by what they cannot be without.
 */
const codeOnly = /emscripten-module|TaggedTemplateExpression|of loop/;
/** Likewise what packs, seals and opens for the server, which it needs anyhow. */
const keysOnly = /only data of an account are sealed|offing\.chunk\.v1/;

/** What talks with the server, in a worker of its own, for who is signed in. */
const syncOnly = /replication\.bootstrap|Refused again and again/;

/** What reads statements for the journal, in a worker of its own; the page itself is named below. */
const journalOnly = /sharedStrings/;

function holds(folder: string, file: string, ...patterns: readonly RegExp[]): boolean {
  if (!file.endsWith('.js')) return false;
  const text = readFileSync(join(folder, file), 'utf8');
  return patterns.some((pattern) => pattern.test(text));
}

function isForFewOnly(folder: string, file: string): boolean {
  return file.endsWith('.wasm') || holds(folder, file, codeOnly, keysOnly, syncOnly);
}

/**
 * What is shown and done for an account once the server is there, and what that alone fetches; but
 * for the button, which says without a network as well whose account it is.
 */
const serverOnly =
  /^web\/routes\/(account|security|profile|admin|alerts|api-reference|devices|orders|bots|connections)\/|^web\/lib\/(account\/(?!AccountButton)|alerts\/|sync\/|sealing\/|trading\/|bots\/)|@simplewebauthn\/browser|\/uqr\/|@zxcvbn-ts\//;

/**
 * Pages that a first visit does not begin with, what notes are written with, and what searches share
 * with strategies in code: fetched when the page that is open has nothing more to do, so that an
 * installation stays small.
 */
const whenIdle =
  /^core\/code\/|^web\/routes\/(charts|journal|market|notes|optimise)\/|^web\/lib\/(chart\/(pane-chart|workspace\/)|journal\/|market\/|notes\/)/;

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Chunks = Readonly<Record<string, Chunk>>;

/** The source file of an entry; Kit's entries of pages are files made for that alone. */
function sourceOf({ src = '' }: Chunk): string {
  if (!/\/generated\/.*\/nodes\//.test(src)) return src;
  return /web\/routes\/[^"']+/.exec(readFileSync(src, 'utf8'))?.[0] ?? src;
}

/** The files that nothing but such entries can reach. */
function filesOnlyOf(chunks: Chunks, isSuch: (entry: Chunk) => boolean): ReadonlySet<string> {
  const reached = new Set<string>();
  const others = new Set<string>();
  const walk = (name: string, seen: Set<string>) => {
    const chunk = chunks[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    for (const each of chunk.imports ?? []) walk(each, seen);
  };
  for (const [name, chunk] of Object.entries(chunks)) {
    if (!chunk.isEntry && !chunk.isDynamicEntry) continue;
    walk(name, isSuch(chunk) ? reached : others);
  }
  const filesOf = (names: Iterable<string>) =>
    [...names].flatMap((name) => [chunks[name]!.file, ...(chunks[name]!.css ?? [])]);
  const shared = new Set(filesOf(others));
  return new Set(filesOf(reached).filter((file) => !shared.has(file)));
}

interface Kept {
  /** Fetched before the app counts as kept for use without a network. */
  readonly precache: readonly PrecacheEntry[];
  /** Paths fetched soon after that. */
  readonly soon: readonly string[];
  /** Paths kept when they are first asked for. */
  readonly firstUse: readonly string[];
}

/** Where Kit's build says which source went into which chunk. */
const chunkList = '.svelte-kit/output/client/.vite/manifest.json';

function filesToKeep(folder: string): Kept {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !left.some((pattern) => pattern.test(file)))
    .sort();
  const chunks = JSON.parse(readFileSync(chunkList, 'utf8')) as Chunks;
  // The page itself says without a network that it needs the server: only what it shows is apart.
  const isOfServer = ({ src = '' }: Chunk) => serverOnly.test(src);
  const ofServer = filesOnlyOf(chunks, isOfServer);
  const notAtOnce = filesOnlyOf(
    chunks,
    (entry) => isOfServer(entry) || whenIdle.test(sourceOf(entry)),
  );
  const firstUse = files.filter((file) => ofServer.has(file) || isForFewOnly(folder, file));
  const isLater = (file: string) => notAtOnce.has(file) || holds(folder, file, journalOnly);
  const soon = files.filter((file) => isLater(file) && !firstUse.includes(file));
  const precache = files
    .filter((file) => !firstUse.includes(file) && !soon.includes(file))
    .map((file) => ({
      url: `/${file}`,
      revision: file.startsWith('_app/immutable/')
        ? null
        : createHash('sha256')
            .update(readFileSync(join(folder, file)))
            .digest('hex')
            .slice(0, 16),
    }));
  const paths = (names: readonly string[]) => names.map((file) => `/${file}`);
  return { precache, soon: paths(soon), firstUse: paths(firstUse) };
}

export function serviceWorker(folder = 'build'): Plugin {
  return {
    name: 'offing:service-worker',
    apply: 'build',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (!existsSync(join(folder, 'index.html'))) return;
        const { precache, soon, firstUse } = filesToKeep(folder);
        await build({
          configFile: false,
          logLevel: 'warn',
          define: {
            PRECACHE: JSON.stringify(precache),
            SOON: JSON.stringify(soon),
            FIRST_USE: JSON.stringify(firstUse),
            'process.env.NODE_ENV': '"production"',
          },
          build: {
            outDir: folder,
            emptyOutDir: false,
            copyPublicDir: false,
            target: 'es2022',
            rolldownOptions: {
              input: 'web/service-worker/service-worker.ts',
              output: { format: 'iife', entryFileNames: 'service-worker.js' },
            },
          },
        });
      },
    },
  };
}
