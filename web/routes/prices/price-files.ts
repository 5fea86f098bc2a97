/** What the file picker offers as price files. */
export const priceFiles = '.csv,.txt,.tsv,.gz,text/csv,text/plain,application/gzip';
