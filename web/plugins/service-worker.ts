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

/** Packed twins of files, what only an installer looks at, and what is kept from its first use on. */
const left = [
  /\.(html|js|css|svg|txt|json|webmanifest|wasm)\.(br|gz)$/,
  /\.map$/,
  /\.wasm$/,
  /^service-worker\.js$/,
  /^screenshots\//,
  /^_app\/version\.json$/,
];

function precacheList(folder: string): PrecacheEntry[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !left.some((pattern) => pattern.test(file)));
  return files.sort().map((file) => ({
    url: `/${file}`,
    revision: file.startsWith('_app/immutable/')
      ? null
      : createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex')
          .slice(0, 16),
  }));
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
        const list = precacheList(folder);
        await build({
          configFile: false,
          logLevel: 'warn',
          define: {
            PRECACHE: JSON.stringify(list),
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
