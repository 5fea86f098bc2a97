/** Serves the sample that a first visitor can load, packed, out of the npm package it comes from. */
import { readFileSync } from 'node:fs';
import { constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { sample as source } from '../../workers/store/sample.ts';

const fileName = `sample/${source.fileName}`;

/** Figures hold few repetitions, so that the code of their letters counts for more. */
const packing = { level: 9, strategy: constants.Z_FILTERED };

export function sample(): Plugin {
  // Its package exports no data file, so the path is spelled out.
  const read = () => gzipSync(readFileSync(`node_modules/${source.packagePath}`), packing);
  return {
    name: 'offing:sample',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: read() });
    },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('content-type', 'application/gzip');
        response.end(read());
      });
    },
  };
}
