import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { chunkGroups } from './web/plugins/chunk-groups.ts';
import { commonPasswords } from './web/plugins/common-passwords.ts';
import { sample } from './web/plugins/sample.ts';
import { serviceWorker } from './web/plugins/service-worker.ts';

export default defineConfig({
  plugins: [sveltekit(), sample(), commonPasswords(), chunkGroups(), serviceWorker()],
  worker: { format: 'es' },
  // Workers are asked for by URL, so the dev server must know that their room may be served.
  server: { fs: { allow: ['core', 'workers'] } },
  // Known from the start, or the dev server finds them late and reloads the page.
  optimizeDeps: {
    include: ['comlink', 'dexie', 'fflate', 'svelte-sonner'],
    // It finds its WebAssembly beside itself.
    exclude: ['@jitl/quickjs-wasmfile-release-sync'],
  },
  // The same Dexie without what browsers before ES modules need.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  build: { target: 'es2022' },
});
