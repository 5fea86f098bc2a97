/** Serves the sample that a first visitor can load: daily S&P 500 bars of the npm package. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const fileName = 'sample/sp500-2000.csv';

export function sample(): Plugin {
  // Its package exports no data file, so the path is spelled out.
  const read = () => readFileSync('node_modules/vega-datasets/data/sp500-2000.csv');
  return {
    name: 'offing:sample',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: read() });
    },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('content-type', 'text/csv');
        response.end(read());
      });
    },
  };
}
