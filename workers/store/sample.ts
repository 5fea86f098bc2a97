/** The sample that comes with the app: S&P 500, daily, 2000 to 2020, from the package vega-datasets. */

export const sample = {
  /** Where the file lies in the package, below `node_modules`. */
  packagePath: 'vega-datasets/data/sp500-2000.csv',
  /** As it is served beside the pages. */
  fileName: 'sp500-2000.csv.gz',
  symbol: 'SP500',
  timeframe: 'D1',
  zone: 'UTC',
} as const;
