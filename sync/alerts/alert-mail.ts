/** What the mail of an alert is written from. */
import { toldWords } from '#core/alerts/alert-words.ts';
import type { TemplateData } from '../mail/templates/registry.ts';
import type { AlertEventRow } from './alert-rows.ts';

export function alertMail(event: AlertEventRow, account: string): TemplateData<'alert'> {
  const { atMs, note } = event;
  return { atMs, told: toldWords(event), account, note };
}
