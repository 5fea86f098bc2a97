/**
 * Short notices at the edge of the screen: done, failed, undo. Loaded with the first one.
 *
 * A notice with an action stays long enough to be read and pressed; a failure stays until closed.
 */
import { mount } from 'svelte';
import type { toast as Toast } from 'svelte-sonner';
import type { Failure } from '#core/errors.ts';
import { withoutMoney } from '../words/without-money.ts';
import { preferences } from './preferences.svelte.ts';

export interface Notice {
  readonly text: string;
  readonly detail?: string | undefined;
  readonly tone?: 'info' | 'ok' | 'warning' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** The same id replaces an earlier notice. */
  readonly id?: string;
  readonly stay?: boolean;
}

let host: Promise<typeof Toast> | undefined;

/** The library and the place where notices appear, fetched once. */
async function openHost(): Promise<typeof Toast> {
  const [{ toast }, { default: Notices }] = await Promise.all([
    import('svelte-sonner'),
    import('../ui/Notices.svelte'),
  ]);
  mount(Notices, { target: document.body });
  return toast;
}

export async function notify(given: Notice): Promise<void> {
  const notice = preferences.current.amounts === 'hidden' ? veiled(given) : given;
  const toast = await (host ??= openHost());
  const show = { info: toast, ok: toast.success, warning: toast.warning, danger: toast.error };
  show[notice.tone ?? 'info'](notice.text, {
    description: notice.detail ?? '',
    duration: notice.stay || notice.tone === 'danger' ? Infinity : notice.action ? 12_000 : 5_000,
    ...(notice.id ? { id: notice.id } : {}),
    ...(notice.action
      ? { action: { label: notice.action.label, onClick: notice.action.run } }
      : {}),
  });
}

/** A shared screen shows notices too. */
function veiled(notice: Notice): Notice {
  const { text, detail } = notice;
  return { ...notice, text: withoutMoney(text), detail: detail && withoutMoney(detail) };
}

/** Says a failure in words; `what` is what was tried: `EURUSD.csv`. */
export async function notifyFailure(failure: Failure, what?: string): Promise<void> {
  const { errorWords } = await import('../words/errors.ts');
  const words = errorWords(failure);
  return notify({
    text: what ? `${what}: ${words.what}` : words.what,
    detail: words.then,
    tone: 'danger',
  });
}
