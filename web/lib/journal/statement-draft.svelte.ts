/** A statement while it is being asked about: the trader's answers, and what it comes to with them. */
import type { Failure } from '#core/errors.ts';
import type { ListColumns, StatementChoice, StatementPreview } from '#workers/journal/api.ts';
import { forgetReading, keepReading } from '#workers/store/list-readings.ts';
import { database } from '../state/database.ts';
import { brokerZone, isZone } from '../words/zones.ts';
import type { JournalEngine } from './journal-engine.ts';
import { listFault } from './list-draft.ts';

/** Three letters, as `EUR` and `USD`. */
export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

export class StatementDraft {
  preview = $state.raw<StatementPreview | null>(null);
  failure = $state.raw<Failure | null>(null);
  busy = $state(false);
  account = $state('');
  /** Kept for the next file. */
  zone = $state(brokerZone);
  /** What the money is in, where the file does not say. */
  currency = $state('');
  /** The file names none. */
  asksForCurrency = $state(false);
  /** Of a list of trades, or what may be one. */
  columns = $state.raw<ListColumns | null>(null);
  roles = $state.raw<readonly string[]>([]);
  /** Whether the roles are those that were said of such a list before. */
  isRemembered = $state(false);
  /** What the preview was made with. */
  private looked = $state('');
  private readonly engine: JournalEngine;

  constructor(engine: JournalEngine) {
    this.engine = engine;
  }

  /** What the names of the columns say was not enough, or not right. */
  readonly isSaid: boolean = $derived(
    this.columns !== null && JSON.stringify(this.roles) !== JSON.stringify(this.columns.roles),
  );
  /** It is a list whose columns must be told of first. */
  readonly asksForColumns: boolean = $derived(
    this.columns !== null &&
      this.preview === null &&
      this.failure?.code === 'journal.format-unknown',
  );
  readonly choice: StatementChoice = $derived({
    ...{ account: this.account.trim(), zone: this.zone },
    ...(isCurrency(this.currency) ? { currency: this.currency } : {}),
    ...(this.columns && this.isSaid
      ? { columns: { header: this.columns.header, roles: [...this.roles] } }
      : {}),
  });
  readonly isStale: boolean = $derived(JSON.stringify(this.choice) !== this.looked);

  /** Without an account of ours: the file says whose it is, or it is asked for. */
  async begin(file: File): Promise<void> {
    this.clear();
    this.busy = true;
    const found = await this.engine.ask((worker) => worker.columns(file));
    this.columns = found.ok ? found.value : null;
    // Where the storage fails, the file is read as its names say.
    const said =
      this.columns && (await database.listReadings.get(this.columns.header).catch(() => null));
    this.roles = said?.roles ?? this.columns?.roles ?? [];
    this.isRemembered = Boolean(said) && this.isSaid;
    await this.look(file);
    const read = this.preview?.read;
    if (this.asksForCurrency) this.currency = said?.currency ?? '';
    if (read?.statedZone) this.zone = read.statedZone;
    if (this.isStale) await this.look(file);
  }

  async look(file: File): Promise<void> {
    if (!isZone(this.zone)) return;
    this.busy = true;
    const { account = '', ...rest } = this.choice;
    this.looked = JSON.stringify(this.choice);
    const asked = account === '' ? rest : { ...rest, account };
    const answer = await this.engine.ask((worker) => worker.preview(file, asked));
    this.busy = false;
    this.preview = answer.ok ? answer.value : null;
    this.failure = answer.ok ? null : answer.error;
    if (this.preview?.read.currency === null) this.asksForCurrency = true;
    if (this.account === '') this.account = this.preview?.read.account ?? '';
  }

  /** How many deals are new; null where it failed. */
  async keep(file: File): Promise<number | null> {
    this.busy = true;
    const { choice } = this;
    const answer = await this.engine.ask((worker) => worker.keep(file, choice));
    this.busy = false;
    if (!answer.ok) {
      this.failure = answer.error;
      return null;
    }
    const { columns = this.columns, currency } = choice;
    if (columns && (choice.columns || currency)) {
      const { header, roles } = columns;
      const told = currency === undefined ? {} : { currency };
      const reading = { header, roles: [...roles], ...told, savedMs: Date.now() };
      // The statement is kept: that one must say it again next time is no failure of it.
      await keepReading(database, reading).catch(() => undefined);
    }
    return answer.value.added;
  }

  setRole(column: number, role: string): void {
    const names = this.columns?.names ?? [];
    this.roles = names.map((_, at) => (at === column ? role : (this.roles[at] ?? '')));
    this.isRemembered = false;
  }

  /** Back to what the names say, now and next time. */
  async forgetColumns(file: File): Promise<void> {
    const { columns } = this;
    if (!columns) return;
    this.roles = columns.roles;
    this.isRemembered = false;
    const forgotten = forgetReading(database, columns.header);
    // What is shown was read the other way: the names may say too little.
    await Promise.all([this.look(file), forgotten]);
  }

  get columnFault(): string | null {
    return this.columns ? listFault(this.roles) : null;
  }

  /** Nothing more is asked about it. */
  async end(): Promise<void> {
    this.clear();
    await this.engine.ask((worker) => worker.forget());
  }

  clear(): void {
    this.preview = this.failure = this.columns = null;
    this.account = this.looked = this.currency = '';
    this.asksForCurrency = false;
    this.roles = [];
    this.isRemembered = false;
  }
}
