/** Brings the messages of a language to this device; the next load of a page speaks it. */
import { keepMessages, readMessages, spoken } from './language.ts';
import { findLanguage } from './languages.ts';

/** What is spoken once the page is loaded again; false where its messages could not be had. */
export async function bringLanguage(code: string): Promise<boolean> {
  const language = findLanguage(code);
  try {
    if (!language?.messages) {
      keepMessages(null);
      return true;
    }
    if (spoken?.code === code && spoken.from === language.messages) {
      // Another tab may have let go of them.
      keepMessages(spoken);
      return true;
    }
    const answer = await fetch(language.messages);
    const messages = answer.ok ? readMessages(await answer.text()) : null;
    if (!messages) return false;
    keepMessages({ code, from: language.messages, messages });
    return true;
  } catch {
    // No network, or a browser that keeps nothing: what is spoken stays.
    return false;
  }
}
