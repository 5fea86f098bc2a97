/** Everything on this device saved as one file, and such a file brought back, in a worker. */
import * as Comlink from 'comlink';
import { fail, type Result } from '#core/result.ts';
import type { Failure } from '#core/errors.ts';
import type { ArchiveReport, ArchiveWorker } from '#workers/store/api.ts';
import { rememberBackup } from './backup.ts';
import { saveFile } from './save-file.ts';
import { markStored } from './stored-mark.ts';
import { storage } from './storage.svelte.ts';
import { work } from './work.svelte.ts';
import { openRoom } from './open-room.ts';
import { say } from '../words/language.ts';

class Archive {
  busy = $state<'saving' | 'restoring' | null>(null);

  /** Hands everything to the trader as a file; answers its size in bytes. */
  async save(): Promise<Result<number, Failure>> {
    this.busy = 'saving';
    const nowMs = Date.now();
    const packed = await this.call(say`Saving a backup`, (api) => api.exportAll());
    this.busy = null;
    if (!packed.ok) return packed;
    const day = new Date(nowMs).toISOString().slice(0, 10);
    saveFile(packed.value, `offing-backup-${day}.zip`);
    await rememberBackup(nowMs);
    return { ok: true, value: packed.value.size };
  }

  /** Adds what the file has and this device has not. */
  async restore(file: Blob): Promise<Result<ArchiveReport, Failure>> {
    this.busy = 'restoring';
    const report = await this.call(say`Restoring a backup`, (api) => api.importAll(file));
    this.busy = null;
    if (report.ok) markStored(true);
    void storage.measure();
    return report;
  }

  /** Brings all of it into another database of this device as well. */
  async carry(name: string): Promise<Result<ArchiveReport, Failure>> {
    this.busy = 'restoring';
    const report = await this.call(say`Bringing your work along`, (api) => api.carryInto(name));
    this.busy = null;
    return report;
  }

  private async call<T>(
    label: string,
    ask: (api: Comlink.Remote<ArchiveWorker>) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> {
    const thread = openRoom('archive');
    const crashed = new Promise<Result<never, Failure>>((resolve) => {
      thread.addEventListener('error', (event) =>
        resolve(fail({ code: 'work.crashed', detail: event.message ?? '' })),
      );
    });
    const id = crypto.randomUUID();
    work.begin(id, label, '/settings/');
    try {
      return await Promise.race([ask(Comlink.wrap<ArchiveWorker>(thread)), crashed]);
    } catch (error) {
      return fail({ code: 'work.crashed', detail: String(error) });
    } finally {
      work.end(id);
      thread.terminate();
    }
  }
}

export const archive = new Archive();
