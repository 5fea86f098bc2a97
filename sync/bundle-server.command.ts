/** Makes what `npm start` runs. */
import { join } from 'node:path';
import { bundleServer } from './bundle-server.ts';

await bundleServer(join(import.meta.dirname, '..', '.cache', 'server'));
