/** What the trader can do to a strategy from the list and from the editor, with its notices. */
import { goto } from '$app/navigation';
import { defaultSettings, parseSettings } from '#core/execution/settings.ts';
import type { Language, Strategy } from '#core/collections/strategy.ts';
import { codeTemplate } from '#lib/code/template.ts';
import { fileName } from '#lib/backtest/run-file.ts';
import { strategies } from '#lib/backtest/strategies.ts';
import { strategyFromText, strategyToJson } from '#lib/backtest/strategy-file.ts';
import { notify, notifyFailure } from '#lib/state/notices.ts';
import { saveFile } from '#lib/state/save-file.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { countText } from '#lib/words/numbers.ts';
import { say } from '#lib/words/language.ts';

export const strategyHref = (id: string) => `/strategies/?id=${encodeURIComponent(id)}`;

/** What a blank strategy begins with: enough to be run, so that the first change shows. */
const blank = 'enter long when close > open\nexit long when close < open\n';

async function attempt<T>(what: string, action: () => Promise<T>): Promise<T | null> {
  try {
    return await action();
  } catch (cause) {
    void notifyFailure(storeFailure(cause), what);
    return null;
  }
}

export async function createStrategy(
  name: string,
  source = blank,
  language: Language = 'rules',
): Promise<void> {
  const written = language === 'code' ? { language } : {};
  const made = await attempt(name, () =>
    strategies.create({ name, source, ...written, settings: defaultSettings }),
  );
  if (made) await goto(strategyHref(made.id));
}

/** A strategy in TypeScript that already does something. */
export async function createCode(): Promise<void> {
  await createStrategy(say`Untitled`, codeTemplate, 'code');
}

export async function duplicateStrategy(strategy: Strategy): Promise<void> {
  const copy = await attempt(strategy.name, () => strategies.duplicate(strategy.id));
  if (copy) await goto(strategyHref(copy.id));
}

export async function renameStrategy(strategy: Strategy, name: string): Promise<void> {
  const wanted = name.trim();
  if (wanted === '' || wanted === strategy.name) return;
  await attempt(strategy.name, () => strategies.change(strategy.id, { name: wanted }));
}

export async function deleteStrategy(strategy: Strategy): Promise<void> {
  const { id, name } = strategy;
  await attempt(name, async () => {
    await strategies.remove(id);
    const undo = () => void attempt(name, () => strategies.restore(id));
    void notify({ text: say`${name} is in the bin`, action: { label: say`Undo`, run: undo } });
  });
}

export function exportStrategy(strategy: Strategy): void {
  const blob = new Blob([strategyToJson(strategy)], { type: 'application/json' });
  saveFile(blob, fileName([strategy.name], 'json'));
}

const settingsOnly = (json: unknown) => {
  const parsed = parseSettings(json);
  return parsed.ok ? { ok: true as const, value: parsed.value.settings } : parsed;
};

/** Each file becomes a strategy, or a notice that says why not; opens the only one. */
export async function importStrategies(files: readonly File[]): Promise<void> {
  const made: Strategy[] = [];
  for (const file of files) {
    const name = file.name.replace(/\.[^.]*$/, '');
    const language = file.name.endsWith('.ts') ? 'code' : 'rules';
    const read = strategyFromText(await file.text(), name, settingsOnly, language);
    if (!read.ok) {
      void notify({ text: say`${file.name} was not imported`, detail: read.error, tone: 'danger' });
      continue;
    }
    const settings = read.value.settings ?? defaultSettings;
    const kept = await attempt(file.name, () => strategies.create({ ...read.value, settings }));
    if (kept) made.push(kept);
  }
  if (made.length === 1 && files.length === 1) return goto(strategyHref(made[0]!.id));
  if (made.length > 0) {
    void notify({
      text: say`${countText(made.length, 'strategy', 'strategies')} imported`,
      tone: 'ok',
    });
  }
}
