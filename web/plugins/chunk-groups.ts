/**
 * Which modules of the pages share a chunk. Left to itself the bundler makes dozens of tiny ones,
 * each of which packs worse, is named in every page and is asked for alone.
 */
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Where Kit writes what its build of the pages starts from; the layout is the first node. */
const folder = join('.svelte-kit', 'generated', 'client-optimized');
const begins = ['app.js', join('nodes', '0.js')];

/** What only an account with its server has a use for stays apart, to be kept on first use. */
const ofServer =
  /[\\/]web[\\/]lib[\\/](account|sealing|sync|trading)[\\/]|@simplewebauthn|@trpc|@zxcvbn-ts|[\\/]uqr[\\/]/;

/**
 * Each of these in one chunk: parted by size, one of them comes to lie beside what needs another, and
 * each of the two chunks waits for the other.
 */
const whole = {
  collections: /[\\/]core[\\/]collections[\\/]/,
  'chart-colours': /[\\/]web[\\/]lib[\\/]chart[\\/](inks|colours)\./,
  'note-words': /[\\/]web[\\/]lib[\\/]notes[\\/](note-words|note-subject|shrink-picture)\./,
  'journal-words':
    /[\\/]web[\\/]lib[\\/]journal[\\/](filter|more-filter|group|playbook|account)-words\./,
};

/** Many parts that few pages share: with others they would be loaded where one icon is wanted. */
const ofJournal = /[\\/]web[\\/](lib|routes)[\\/]journal[\\/]/;

/** What several pages need, by the pages that do; what is less than this joins the nearest. */
const grouped = {
  ...{ priority: 1, minShareCount: 2 },
  ...{ entriesAware: true, entriesAwareMergeThreshold: 3_000 },
};

export function chunkGroups(): Plugin {
  return {
    name: 'offing:chunk-groups',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: [
          { name: shell(join(process.cwd(), folder)), priority: 2 },
          ...Object.entries(whole).map(([name, test]) => ({ name, priority: 1.5, test })),
          { ...grouped, name: shared, test: (id) => !ofServer.test(id) && !ofJournal.test(id) },
          { ...grouped, name: 'journal', test: ofJournal },
          { ...grouped, name: 'account', test: ofServer },
        ],
      },
      // A shared sheet would be called after all the pages that share it.
      assetFileNames: (asset) => {
        const names = options.assetFileNames;
        const wanted =
          typeof names === 'function' ? names(asset) : (names ?? '[name].[hash][extname]');
        return asset.names[0]?.includes('~') ? wanted.replace('[name]', shared) : wanted;
      },
    }),
  };
}

const shared = 'shared';

/** One chunk of what every page needs: whatever the layout and the start of the app reach at once. */
function shell(generated: string): (id: string, graph: Graph) => string | null {
  const entries = begins.map((name) => join(generated, name).split(sep).join('/'));
  let reached: ReadonlySet<string> | undefined;
  return (id, graph) => {
    reached ??= reachedFrom(entries, graph);
    return reached.has(id) && !entries.includes(id) ? 'shell' : null;
  };
}

/** All that is imported at once, from the entries on. */
function reachedFrom(entries: readonly string[], graph: Graph): ReadonlySet<string> {
  const reached = new Set<string>();
  const walk = (id: string) => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const each of graph.getModuleInfo(id)?.importedIds ?? []) walk(each);
  };
  for (const entry of entries) walk(entry);
  return reached;
}
