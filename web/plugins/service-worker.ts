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

/** Packed twins of files, and what only an installer looks at. */
const left = [
  /\.(html|js|css|svg|txt|json|webmanifest|wasm)\.(br|gz)$/,
  /\.map$/,
  /^service-worker\.js$/,
  /^screenshots\//,
  /^_app\/version\.json$/,
];

/**
 * The sandbox of strategies in code and the grammar they are read with: half of what rules need,
 * for the few who write code. Kept from their first use on; known by what they cannot be without.
 */
const codeOnly = /emscripten-module|TaggedTemplateExpression/;

function isForCodeOnly(folder: string, file: string): boolean {
  if (file.endsWith('.wasm')) return true;
  return file.endsWith('.js') && codeOnly.test(readFileSync(join(folder, file), 'utf8'));
}

interface Kept {
  readonly precache: readonly PrecacheEntry[];
  /** Paths kept when they are first asked for. */
  readonly firstUse: readonly string[];
}

function filesToKeep(folder: string): Kept {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !left.some((pattern) => pattern.test(file)))
    .sort();
  const firstUse = files.filter((file) => isForCodeOnly(folder, file));
  const precache = files
    .filter((file) => !firstUse.includes(file))
    .map((file) => ({
      url: `/${file}`,
      revision: file.startsWith('_app/immutable/')
        ? null
        : createHash('sha256')
            .update(readFileSync(join(folder, file)))
            .digest('hex')
            .slice(0, 16),
    }));
  return { precache, firstUse: firstUse.map((file) => `/${file}`) };
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
        const { precache, firstUse } = filesToKeep(folder);
        await build({
          configFile: false,
          logLevel: 'warn',
          define: {
            PRECACHE: JSON.stringify(precache),
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
