/** The operator's own limits in place of the usual ones. */
import {
  defaultLimits,
  limitClasses,
  type CallLimit,
  type CallLimits,
  type LimitClass,
} from '#core/identity/limit-classes.ts';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';

const entryShape = /^([a-z]+)=(\d{1,7})\/(\d{1,7})$/;

/**
 * The limits of `OFFING_LIMITS`, `auth=10/100,data=120/2000`: calls a minute and an hour for each
 * class named, the usual ones for the others.
 */
export function readLimits(text: string | undefined): Result<CallLimits, Refusal> {
  const limits: Record<LimitClass, CallLimit> = { ...defaultLimits };
  for (const entry of (text ?? '').split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const read = readEntry(entry);
    if (!read) {
      return refuse(
        `OFFING_LIMITS must be such as auth=10/100,data=120/2000: calls a minute and an hour, above 0, for ${limitClasses.join(', ')}.`,
      );
    }
    limits[read.limitClass] = read.limit;
  }
  return ok(limits);
}

function readEntry(entry: string): { limitClass: LimitClass; limit: CallLimit } | null {
  const [, name, minuteText, hourText] = entryShape.exec(entry) ?? [];
  const limitClass = limitClasses.find((known) => known === name);
  const limit = { minute: Number(minuteText), hour: Number(hourText) };
  return limitClass && limit.minute > 0 && limit.hour > 0 ? { limitClass, limit } : null;
}
