/** What the browser's storage throws, as one of our failures: pages and workers say it alike. */
export { storeFailure } from '#workers/store/failure.ts';
