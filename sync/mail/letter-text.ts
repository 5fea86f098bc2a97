/** A letter as plain text. */
import { singleLine, type Letter } from './letter.ts';

/** Lines ended by a line feed; each part of the letter is one line, however long. */
export function letterText(letter: Letter, productUrl: string): string {
  const { subject, paragraphs, facts = [], action, why, otherwise } = letter;
  const parts = [
    singleLine(subject),
    ...paragraphs.map(singleLine),
    facts.map(([name, value]) => `${singleLine(name)}: ${singleLine(value)}`).join('\n'),
    action ? `${singleLine(action.label)}:\n${action.link}` : '',
    `${singleLine(otherwise)}`,
    `-- \n${singleLine(why)}\nOffing, ${productUrl}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
