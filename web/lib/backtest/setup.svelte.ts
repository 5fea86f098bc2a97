/** What the next backtest will be: kept while other pages are open and over a reload. */
import { browser } from '$app/environment';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Run } from '#core/collections/run.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';
import { suggestSettings } from './instrument-defaults.ts';
import { fromForm, toForm, type SettingsForm } from './settings-form.ts';

/** `strategy:ID`, `template:ID`, `run:ID` (the rule text as that run had it) or nothing yet. */
export type RulesChoice = `${'strategy' | 'template' | 'run'}:${string}` | '';

interface Kept {
  readonly rules: RulesChoice;
  readonly seriesId: string;
  readonly portfolio?: readonly string[];
  readonly inputs: Readonly<Record<string, number>>;
  readonly form: SettingsForm;
  readonly suggested: boolean;
}

const keptKey = 'offing.lab-setup';
const unknownInstrument = { symbol: '', hasAsk: false };

class Setup {
  rules = $state<RulesChoice>('');
  seriesId = $state('');
  /** Further series that the same rules trade with the same money. */
  portfolio = $state.raw<readonly string[]>([]);
  inputs = $state.raw<Readonly<Record<string, number>>>({});
  form = $state<SettingsForm>(toForm(suggestSettings(unknownInstrument).settings));
  /** The settings are the suggested ones and follow the price series. */
  suggested = $state(true);
  /** The rule text last seen and the choice it belongs to: the suggestion rests on it. */
  #read: { readonly rules: RulesChoice; readonly source: string } | null = null;
  /** What was suggested when last looked at. */
  #offered: string | null = null;

  constructor() {
    if (browser) this.#restore();
  }

  chooseRules(rules: RulesChoice, inputs: Readonly<Record<string, number>>): void {
    this.rules = rules;
    this.inputs = inputs;
  }

  chooseSeries(series: PriceSeries): void {
    this.seriesId = series.id;
    if (this.suggested) this.suggest(series);
  }

  suggest(series: PriceSeries | undefined): void {
    this.form = toForm(this.#suggestion(series));
    this.suggested = true;
  }

  use(settings: RunSettings): void {
    this.form = toForm(settings);
    this.suggested = false;
  }

  /** Everything as `run` had it, its rule text included. */
  repeat(run: Run): void {
    this.chooseRules(`run:${run.id}`, run.inputs);
    this.seriesId = run.seriesId;
    this.portfolio = run.portfolio ?? [];
    this.use(run.settings);
  }

  /**
   * Suggested settings follow a suggestion that has changed, as other rules were chosen; once the
   * trader makes them differ they are marked as the trader's own.
   */
  compare(series: PriceSeries | undefined, source?: string): void {
    if (source !== undefined) this.#read = { rules: this.rules, source };
    const offered = sorted(this.#suggestion(series));
    if (this.suggested && offered !== this.#offered) this.suggest(series);
    this.#offered = offered;
    const read = fromForm(this.form);
    this.suggested = read.ok && sorted(read.value) === offered;
  }

  #suggestion(series: PriceSeries | undefined): RunSettings {
    const source = this.#read?.rules === this.rules ? this.#read.source : null;
    return suggestSettings(series ?? unknownInstrument, source).settings;
  }

  keep(): void {
    const { rules, seriesId, portfolio, inputs, suggested } = this;
    const kept: Kept = { rules, seriesId, portfolio, inputs, form: { ...this.form }, suggested };
    try {
      sessionStorage.setItem(keptKey, JSON.stringify(kept));
    } catch {
      // Without session storage only a reload forgets what was chosen.
    }
  }

  #restore(): void {
    try {
      const kept = JSON.parse(sessionStorage.getItem(keptKey) ?? 'null') as Kept | null;
      if (!kept) return;
      this.rules = kept.rules;
      this.seriesId = kept.seriesId;
      this.portfolio = kept.portfolio ?? [];
      this.inputs = kept.inputs;
      this.form = { ...this.form, ...kept.form };
      this.suggested = kept.suggested;
    } catch {
      // Damaged or refused: the defaults stand.
    }
  }
}

function sorted(settings: RunSettings): string {
  return JSON.stringify(Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export const setup = new Setup();
