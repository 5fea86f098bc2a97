/** What the figures of the best combination amount to, in words that promise nothing. */
import { say } from '../words/language.ts';

export interface Judged {
  readonly score: number | null;
  /** On unseen prices; undefined where none were kept apart. */
  readonly testScore: number | null | undefined;
  readonly plateau: number | null;
  /** What the objective is where nothing is gained. */
  readonly neutral: number;
  readonly deflated: number | null;
}

export interface Verdict {
  readonly title: string;
  readonly reason: string;
}

/** Half of what was found in the search must be left among the neighbours. */
const PLATEAU_SHARE = 0.5;

export function verdictOn({ score, testScore, plateau, neutral, deflated }: Judged): Verdict {
  if (score === null || score <= neutral) {
    return {
      title: say`Nothing here works.`,
      reason: say`Even the best combination gained nothing.`,
    };
  }
  const reasons: string[] = [];
  if (testScore !== undefined && (testScore === null || testScore <= neutral)) {
    reasons.push(say`it gained nothing on the prices the search did not see`);
  }
  if (plateau !== null && plateau - neutral < (score - neutral) * PLATEAU_SHARE) {
    reasons.push(say`its neighbours are much worse, so that it is a lone peak`);
  }
  if (deflated === null || deflated < 0.95) {
    reasons.push(say`that many tries would show a result like this by luck`);
  }
  if (reasons.length > 0) {
    const [first, ...more] = reasons;
    return {
      title: say`Do not trust the best of this search:`,
      reason: `${[first, ...more].join('; ')}.`,
    };
  }
  return {
    title: say`Worth a closer look:`,
    reason:
      testScore === undefined
        ? say`more than luck in the prices searched. It has not been checked on unseen prices.`
        : say`it held on unseen prices, its neighbours agree, and it is more than the luck of many tries.`,
  };
}
