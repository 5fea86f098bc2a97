/** Lines that were not taken, and why: the first hundred by themselves, all of them counted. */
import type { SkippedLine } from './statement.ts';

const MOST_LISTED = 100;
const MOST_CHARACTERS = 200;

export interface SkipList {
  add(line: number, reason: string, text: string): void;
  copy(): SkipList;
  told(): {
    readonly skipped: readonly SkippedLine[];
    readonly skippedByReason: Readonly<Record<string, number>>;
  };
}

export function skipList(): SkipList {
  return continued([], new Map());
}

function continued(listed: SkippedLine[], counts: Map<string, number>): SkipList {
  return {
    copy: () => continued([...listed], new Map(counts)),
    add: (line, reason, text) => {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      if (listed.length < MOST_LISTED) {
        listed.push({ line, reason, text: text.slice(0, MOST_CHARACTERS) });
      }
    },
    told: () => ({ skipped: listed, skippedByReason: Object.fromEntries(counts) }),
  };
}
