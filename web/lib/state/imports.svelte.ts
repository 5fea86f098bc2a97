/**
 * Files on their way into price series, one after another, in the import worker.
 *
 * Imports go on while the trader visits other pages; the Prices page asks what has to be asked.
 */
import * as Comlink from 'comlink';
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import type { ColumnRole, ImportPreview, ImportReport, ImportWorker } from '#workers/import/api.ts';
import {
  draftOf,
  followPreview,
  isAlike,
  requestOf,
  takeAnswers,
  type ImportDraft,
} from './import-draft.ts';
import { notify, notifyFailure } from './notices.ts';
import { markStored } from './stored-mark.ts';
import { countText } from '#lib/words/numbers.ts';
import { priceWord } from '#lib/words/prices.ts';
import { storage } from './storage.svelte.ts';
import { work } from './work.svelte.ts';
import { openRoom } from './open-room.ts';
import { say } from '../words/language.ts';

export type ImportStage = 'reading' | 'asking' | 'waiting' | 'running' | 'done' | 'failed';

export class ImportItem {
  readonly id = crypto.randomUUID();
  readonly file: Blob;
  readonly fileName: string;
  stage = $state<ImportStage>('reading');
  preview = $state.raw<ImportPreview | null>(null);
  draft = $state<ImportDraft | null>(null);
  ratio = $state(0);
  startedMs = $state(0);
  cancelling = $state(false);
  report = $state.raw<ImportReport | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** One of many confirmed at once: shown again only when there is something to say of it. */
  brief = false;

  constructor(file: Blob, fileName: string) {
    this.file = file;
    this.fileName = fileName;
  }
}

class Imports {
  readonly items = $state<ImportItem[]>([]);
  /** Whether the dialog stands open; the imports go on either way. */
  open = $state(false);
  private worker: { readonly thread: Worker; readonly api: Comlink.Remote<ImportWorker> } | null =
    null;
  /** Those waiting for an answer of the worker, to be told when it dies. */
  private readonly waiters = new Set<(failure: Failure) => void>();

  /** Reads the files' heads and asks about each. */
  async add(files: Iterable<File>): Promise<void> {
    const items = Array.from(files, (file) => new ImportItem(file, file.name));
    this.items.push(...items);
    this.open = items.length > 0;
    for (const item of items) await this.look(item);
  }

  /** Imports without asking, for a file whose contents are known. */
  async addKnown(
    file: Blob,
    fileName: string,
    known: Partial<ImportDraft>,
  ): Promise<ImportReport | null> {
    const item = new ImportItem(file, fileName);
    this.items.push(item);
    await this.look(item);
    if (!item.draft) {
      this.dismiss(item);
      if (item.failure) void notifyFailure(item.failure, fileName);
      return null;
    }
    Object.assign(item.draft, known);
    item.stage = 'waiting';
    await this.runWaiting();
    this.dismiss(item);
    return item.report;
  }

  /** The trader says what a column holds: the file is looked at again with that. */
  async map(item: ImportItem, column: number, role: ColumnRole): Promise<void> {
    if (!item.draft) return;
    item.draft.roles[column] = role;
    const roles = [...item.draft.roles];
    const answer = await this.ask((api) => api.preview(item.file, item.fileName, roles));
    const overtaken = item.draft.roles.some((each, i) => each !== roles[i]);
    if (!answer.ok || overtaken || !item.preview) return;
    Object.assign(item.draft, followPreview(item.draft, item.preview, answer.value));
    item.preview = answer.value;
  }

  /** The trader has answered: the file joins the queue. */
  confirm(item: ImportItem): void {
    item.stage = 'waiting';
    void this.runWaiting();
  }

  /** The other files that wait for the answers that `item` has. */
  alike(item: ImportItem): readonly ImportItem[] {
    const { preview } = item;
    return this.items.filter(
      (other) =>
        other.id !== item.id &&
        other.stage === 'asking' &&
        preview !== null &&
        other.preview !== null &&
        isAlike(preview, other.preview),
    );
  }

  /** The answers for `item` are those for all files like it. */
  confirmAlike(item: ImportItem): void {
    for (const other of this.alike(item)) {
      Object.assign(other.draft!, takeAnswers(other.draft!, item.draft!));
      other.brief = true;
      other.stage = 'waiting';
    }
    item.brief = true;
    this.confirm(item);
  }

  /** Back to the questions after a failure. */
  again(item: ImportItem): void {
    item.failure = null;
    item.stage = 'asking';
  }

  cancel(item: ImportItem): void {
    if (item.stage !== 'running') return this.dismiss(item);
    item.cancelling = true;
    void this.worker?.api.cancel(item.id);
  }

  dismiss(item: ImportItem): void {
    const at = this.items.findIndex((each) => each.id === item.id);
    if (at >= 0) this.items.splice(at, 1);
    if (this.items.length === 0) this.open = false;
  }

  /** The series of bars that the stored ticks of a symbol make. */
  makeBars(symbol: string, timeframe: string): Promise<Result<PriceSeries, Failure>> {
    return this.ask((api) => api.makeBars(symbol, timeframe));
  }

  private async look(item: ImportItem): Promise<void> {
    const answer = await this.ask((api) => api.preview(item.file, item.fileName));
    if (!answer.ok) return this.fail(item, answer.error);
    item.preview = answer.value;
    item.draft = draftOf(answer.value);
    item.stage = 'asking';
  }

  private running = false;
  /** Files of a batch that are done and put away, as there is nothing to say of them. */
  private unremarkable = 0;
  private async runWaiting(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let item; (item = this.items.find(({ stage }) => stage === 'waiting'));) {
      await this.run(item);
    }
    this.running = false;
    if (this.unremarkable > 0) {
      const text = say`${countText(this.unremarkable, 'file')} imported`;
      void notify({ tone: 'ok', text, detail: say`Every row of them was a sound bar.` });
      this.unremarkable = 0;
    }
    void storage.measure();
  }

  private async run(item: ImportItem): Promise<void> {
    const { preview, draft } = item;
    if (!preview || !draft) return;
    if (storage.persisted === false) void storage.persist();
    item.stage = 'running';
    item.startedMs = Date.now();
    work.begin(item.id, say`Importing ${item.fileName}`, '/prices/');
    const request = requestOf(item.id, preview, draft);
    const progress = Comlink.proxy(({ ratio }: { readonly ratio: number }) => {
      item.ratio = ratio;
      work.progress(item.id, ratio);
    });
    const answer = await this.ask((api) => api.run(item.file, item.fileName, request, progress));
    work.end(item.id);
    if (!answer.ok) return this.fail(item, answer.error);
    item.report = answer.value;
    item.stage = 'done';
    markStored(true);
    if (item.brief && Object.values(answer.value.counts).every((count) => count === 0)) {
      this.unremarkable++;
      this.dismiss(item);
    } else if (!this.open) this.announce(item, answer.value);
  }

  private fail(item: ImportItem, failure: Failure): void {
    item.cancelling = false;
    if (failure.code === 'work.cancelled') {
      this.dismiss(item);
      void notify({
        text: say`${item.fileName}: cancelled`,
        detail: say`Nothing of it was stored.`,
      });
      return;
    }
    item.failure = failure;
    item.stage = 'failed';
    if (!this.open) void notifyFailure(failure, item.fileName);
  }

  private announce(item: ImportItem, report: ImportReport): void {
    const { series } = report;
    void notify({
      tone: 'ok',
      text: say`${series.symbol} ${series.timeframe} is ready`,
      detail: say`${countText(report.added, priceWord(series))} added from ${item.fileName}.`,
    });
  }

  /** Calls the worker; one that dies answers `work.crashed` and is replaced by the next call. */
  private async ask<T>(
    call: (api: Comlink.Remote<ImportWorker>) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> {
    let tell: (failure: Failure) => void = () => undefined;
    const crashed = new Promise<Result<never, Failure>>((resolve) => {
      tell = (error) => resolve(fail(error));
    });
    this.waiters.add(tell);
    try {
      return await Promise.race([call(this.connect()), crashed]);
    } catch (error) {
      this.lose(error);
      return await crashed;
    } finally {
      this.waiters.delete(tell);
    }
  }

  private connect(): Comlink.Remote<ImportWorker> {
    if (!this.worker) {
      const thread = openRoom('import');
      thread.addEventListener('error', (event) => this.lose(event.message));
      this.worker = { thread, api: Comlink.wrap<ImportWorker>(thread) };
    }
    return this.worker.api;
  }

  private lose(cause: unknown): void {
    this.worker?.thread.terminate();
    this.worker = null;
    const detail = cause instanceof Error ? cause.message : String(cause ?? '');
    for (const tell of this.waiters) tell({ code: 'work.crashed', detail });
  }
}

export const imports = new Imports();
