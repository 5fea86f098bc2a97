/** What a person reads when something fails: what happened, then what to do; one entry a code. */
import type { ErrorCode, Failure } from '#core/errors.ts';
import { inputWords } from './input-words.ts';
import { withFigures } from './told-figures.ts';
import { tradeWords } from './trade-errors.ts';

export interface ErrorWords {
  readonly what: string;
  readonly then: string;
  /** The particulars of this one case: a line, a figure, a name. */
  readonly detail: string;
}

/** `figures`: as `told-figures.ts` fills them in, in place of the failure's own detail. */
export type Words = readonly [what: string, then: string, figures?: string];

const words: Readonly<Record<ErrorCode, Words>> = {
  'import.empty': ['The file is empty', 'Export it again, or choose another file.'],
  'import.format-unknown': [
    'The format of the file is not known',
    'A price file has a line for each bar, with time, open, high, low and close, or for each tick, with time, bid and ask; parted by commas, semicolons or tabs.',
  ],
  'import.mapping-invalid': [
    'The columns do not make a price bar',
    'A time and open, high, low and close are needed, each once.',
  ],
  'import.no-valid-rows': [
    'No row of the file holds a price',
    'Check the columns, the date order and that it is a price file.',
  ],
  'import.not-text': [
    'This is not a text file of prices',
    'CSV or TXT, also packed as .gz, can be read.',
  ],
  'import.file-unreadable': [
    'The file cannot be read from the disk',
    'It was moved, changed or locked since it was chosen. Choose it again.',
  ],
  'import.tick-file': [
    'This file holds ticks where bars are needed',
    'Choose bars: the same prices as M1 or a longer timeframe.',
  ],
  'import.no-ticks': [
    'This file holds bars where ticks are needed',
    'Choose a file of single quotes, each with its bid.',
  ],
  'import.archive-damaged': ['The packed file is damaged', 'Download or export it again.'],
  'import.too-large': ['The file is too large', 'Split it, for example by year, and import each.'],
  'import.too-many-problems': [
    'Too many rows could not be read',
    'Nothing was stored. Check the columns, the separator and the date order.',
  ],
  'import.timeframe-mismatch': [
    'The bars have another timeframe than the stored series',
    'Choose the timeframe of the file, or another symbol name.',
  ],
  'import.columns-mismatch': [
    'The stored series has other columns',
    'One has ask prices, volume or spreads and the other has not. Delete the stored series first, or import under another symbol name.',
  ],
  'import.name-invalid': [
    'This symbol name cannot be used',
    'Letters, digits and . ^ _ # & = + ! / - are allowed, up to 32 characters.',
  ],
  'journal.format-unknown': [
    'No deals were found in this file',
    'Choose a report of the history of an account: of MetaTrader 5 as HTML or XLSX, of MetaTrader 4 as HTML, or a list of closed trades as CSV with their symbol, side, volume, times, prices and profit.',
  ],
  'journal.too-large': [
    'The statement is too large',
    'Save it for shorter times, for example year by year, and import each.',
  ],
  'journal.zone-unknown': ['This time zone is not known', 'Choose one of the list.'],
  'store.full': [
    'The storage of this browser is full',
    'Nothing was lost. Delete a price series or free space on the device, then try again.',
  ],
  'store.unavailable': [
    'The storage of this browser cannot be opened',
    'Private windows and some settings forbid it. Close other tabs of Offing and try again.',
  ],
  'store.not-found': [
    'This is no longer stored on this device',
    'It may have been deleted in another tab.',
  ],
  'store.damaged': [
    'Stored data could not be read',
    'Reload the page. If it stays, restore your backup or import the file again.',
  ],
  'note.picture-unreadable': [
    'This cannot be shown as a picture',
    'Pictures are PNG, JPEG, WebP, GIF or AVIF files of at most 50 MB.',
  ],
  'note.pictures-full': [
    'This note has as many pictures as it can hold',
    'Remove some of them, or write another note.',
  ],
  'store.archive-invalid': [
    'This is not a backup of Offing, or it is damaged',
    'Nothing was changed. Choose the file that was exported here.',
  ],
  'rules.invalid': [
    'The strategy has errors',
    'They are underlined in its text, each with a reason.',
  ],
  'rules.too-long': ['The strategy text is too long', 'Shorten it.'],
  'settings.invalid': ['A setting of the run is out of range', 'Correct it and run again.'],
  'run.input-unknown': [
    'The strategy has no such input',
    'Open the strategy and choose its inputs again.',
  ],
  'run.input-invalid': ['An input of the strategy is out of range', 'Correct it and run again.'],
  'run.volume-missing': [
    'The strategy needs volume and the series has none',
    'Choose a series with volume, or rules without it.',
  ],
  'run.inner-missing': [
    'There is nothing stored that moves inside these bars',
    'Import ticks or a shorter timeframe of the same symbol, or choose another path inside a bar.',
  ],
  'run.spread-missing': [
    'These bars hold no spread',
    'Import bars with a spread column, as MetaTrader exports them, or state the spread in points.',
  ],
  'run.symbol-missing': [
    'The rules read a symbol of which there are no bars',
    'Import its bars in the timeframe of the run, or take the line out of the rules.',
  ],
  'run.timeframe-too-short': [
    'The rules read a timeframe shorter than that of the bars',
    'Run them on bars of that timeframe or of a shorter one.',
  ],
  'run.too-few-bars': [
    'The series is too short for this strategy',
    'Its indicators need more bars to begin. Choose a longer series.',
  ],
  'optimise.prices-changed': [
    'The prices are not those this search began with',
    'What it has found stays. Start a new search to use the prices of now.',
  ],
  'code.syntax': [
    'The strategy has errors',
    'They are underlined in its text, each with a reason.',
  ],
  'code.threw': ['The strategy stopped with an error', 'Mend the line that is named.'],
  'code.endless': [
    'The strategy took too long and was ended',
    'Look for a loop without an end, or for work that grows with every bar.',
  ],
  'code.memory': ['The strategy needs too much memory and was ended', 'Keep less from bar to bar.'],
  'code.output-too-large': [
    'The strategy writes too much to the log',
    'Write only on the bars that matter.',
  ],
  'code.single-market': [
    'A strategy in code trades one instrument',
    'Choose one series of prices, or write it as rules.',
  ],
  'code.looks-ahead': [
    'The strategy looks into the future',
    'On fewer bars it would have traded otherwise: its result means nothing.',
  ],
  'auth.sign-in-needed': ['This needs you to be signed in', 'Sign in, then try again.'],
  'auth.step-up-needed': [
    'This needs you to confirm who you are',
    'Enter your password or use your passkey, then try again.',
  ],
  'auth.email-unverified': [
    'Your e-mail address is not confirmed yet',
    'Open the link in the mail that was sent to you, or have it sent again on the Profile page.',
  ],
  'auth.second-factor-needed': [
    'This needs a second step at sign-in',
    'Set up an authenticator app or a passkey on the Security page, then sign in with it.',
  ],
  'auth.not-allowed': ['Your role does not allow this', 'An admin can change roles.'],
  'auth.local-only': [
    'This works only on the machine that the server runs on',
    'Open the server there, by the address that it printed when it started.',
  ],
  'auth.credentials-wrong': [
    'The e-mail address or the password is wrong',
    'Check both, or ask for a new password.',
  ],
  'auth.code-wrong': [
    'The code is wrong or was used before',
    'Wait for the next code of your app, and check that the clock of your phone is right.',
  ],
  'auth.step-expired': [
    'The second step took too long or failed too often',
    'Begin again with your password.',
  ],
  'auth.link-invalid': [
    'This link was used before, is too old or is not whole',
    'Ask for a new one.',
  ],
  'auth.password-weak': [
    'This password is too easy to guess',
    'Take 12 characters or more: a few words in a row, unlike your name and e-mail.',
  ],
  'auth.password-wrong': ['The password is wrong', 'Check it and try again.'],
  'auth.email-invalid': ['This is not an e-mail address', 'It looks like name@example.com.'],
  'auth.passkey-refused': [
    'No passkey was accepted',
    'The question was closed, took too long, or the passkey belongs to another account. Try again, or sign in with your password.',
  ],
  'auth.passkey-unsupported-here': [
    'Passkeys do not work at this address',
    'A browser ties them to a name such as localhost. Open the server by its name.',
  ],
  'auth.totp-not-begun': ['The setting up was not begun', 'Begin again with a new secret.'],
  'auth.last-admin': ['This is the last admin', 'Make somebody else an admin first.'],
  'account.not-found': ['This is no longer there', 'It may have been deleted meanwhile.'],
  'account.name-taken': ['This name is taken already', 'Choose another name.'],
  'account.too-many': ['There are as many as are allowed', 'Remove one that is not used any more.'],
  'sync.chunk-damaged': [
    'A part of a file was damaged on its way',
    'It is sent again by itself; nothing was lost.',
  ],
  'sync.chunk-missing': [
    'A part of a file is not on the server',
    'It comes once the device that has it is online.',
  ],
  'sync.device-missing': ['This device is not in the list any more', 'Load the page again.'],
  'sync.behind': [
    'This device has not everything yet',
    'Wait until the status bar says that everything is synced, then try again.',
  ],
  'sync.encryption-changed': [
    'Encryption was changed on another device',
    'Look at how it is now, then try again.',
  ],
  'sync.locked': ['Your data are locked on this device', 'Enter your passphrase first.'],
  'sync.passphrase-wrong': [
    'This does not open your data',
    'Check what you typed; it is not the password of your account. The recovery code opens them too.',
  ],
  'sync.elsewhere': [
    'This is on another device, which has not sent it yet',
    'It comes when there is a network.',
  ],
  'sync.quota-full': [
    'There is no more room for your data on the server',
    'They stay on this device. Delete runs or pictures that you do not need, or ask who runs the server for more room.',
  ],
  'market.no-history': [
    'This connection is too old to show past prices',
    'Load the new Offing.mq5 from the Connections page into the terminal.',
  ],
  'market.offline': [
    'The terminal is not connected',
    'Past prices come from it. They are there again once the Connections page says that it is online.',
  ],
  'market.loading': [
    'The terminal is still loading its history',
    'Try again in a moment; the first time of a symbol takes longest.',
  ],
  'market.unavailable': [
    'No source answers just now',
    'What was there before is kept; it is tried again by itself.',
  ],
  'market.symbol-unknown': [
    'This symbol is not known there',
    'Choose one of the list. In MetaTrader 5 it has to be in the Market Watch.',
  ],
  'market.timeframe-unknown': ['This source has no such timeframe', 'Choose another timeframe.'],
  'market.source-off': [
    'This source is not switched on',
    'Who runs the server can switch on sources of prices.',
  ],
  'limits.too-many-calls': [
    'That was tried too often in a short time',
    'Wait a little, then try again.',
  ],
  'work.cancelled': ['Cancelled', 'Nothing was stored.'],
  'work.crashed': [
    'The work stopped unexpectedly',
    'Nothing was stored. Try again; if it happens twice, reload the page.',
  ],
  'server.misdirected': [
    'The server does not answer for this address',
    'Open the address it was set up for.',
  ],
  'server.unavailable': [
    'The server does not answer',
    'Everything on this device goes on working.',
  ],
  'server.request-invalid': [
    'The server did not understand the request',
    'Reload the page: it may be older than the server.',
  ],
  'server.request-too-large': ['The request is too large for the server', 'Nothing was sent.'],
  'server.procedure-unknown': [
    'The server does not know this request',
    'Reload the page: it may be older or newer than the server.',
  ],
  'server.origin-refused': [
    'The server refuses requests from this address',
    'Open the address it was set up for.',
  ],
  'server.failed': [
    'The server failed',
    'Everything on this device goes on working. Try again later.',
  ],
  ...tradeWords,
};

/** The words for one failure. A code newer than this version is shown as it is. */
export function errorWords(failure: Failure): ErrorWords {
  const { code, detail, figures } = failure;
  const input = code === 'server.request-invalid' ? inputWords(figures) : null;
  if (input) return { ...input, detail };
  const [what, then, told] = words[code] ?? [`Something failed (${code})`, ''];
  if (told && figures) return { what, then, detail: withFigures(told, figures) };
  return { what, then, detail: code === 'work.cancelled' ? '' : detail };
}
