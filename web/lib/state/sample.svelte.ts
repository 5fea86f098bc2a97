/** The sample that comes with the app: S&P 500, daily, 2000 to 2020. */
import type { Failure } from '#core/errors.ts';
import { sample as source } from '#workers/store/sample.ts';
import { notifyFailure } from './notices.ts';
import { say } from '../words/language.ts';

export const sampleId = `${source.symbol}.${source.timeframe}`;
const address = `/sample/${source.fileName}`;

class Sample {
  loading = $state(false);

  /** Imports the sample; true when it is stored. */
  async load(): Promise<boolean> {
    this.loading = true;
    try {
      const file = await this.fetch();
      if (!file) {
        const failure: Failure = { code: 'server.unavailable', detail: '' };
        void notifyFailure(failure, say`The sample could not be fetched`);
        return false;
      }
      const { imports } = await import('./imports.svelte.ts');
      return (await imports.addKnown(file, source.fileName, source)) !== null;
    } finally {
      this.loading = false;
    }
  }

  private async fetch(): Promise<Blob | null> {
    try {
      const response = await fetch(address);
      return response.ok ? await response.blob() : null;
    } catch {
      // Offline, and the sample was never kept on this device.
      return null;
    }
  }
}

export const sample = new Sample();
