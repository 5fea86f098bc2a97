/** What a person reads when something fails: what happened, then what to do; one entry a code. */
import type { ErrorCode, Failure } from '#core/errors.ts';
import { inputWords } from './input-words.ts';
import { withFigures } from './told-figures.ts';
import { tradeWords } from './trade-errors.ts';
import { say } from './language.ts';

export interface ErrorWords {
  readonly what: string;
  readonly then: string;
  /** The particulars of this one case: a line, a figure, a name. */
  readonly detail: string;
}

/** `figures`: as `told-figures.ts` fills them in, in place of the failure's own detail. */
export type Words = readonly [what: string, then: string, figures?: string];

const words: Readonly<Record<ErrorCode, Words>> = {
  'import.empty': [say`The file is empty`, say`Export it again, or choose another file.`],
  'import.format-unknown': [
    say`The format of the file is not known`,
    say`A price file has a line for each bar, with time, open, high, low and close, or for each tick, with time, bid and ask; parted by commas, semicolons or tabs.`,
  ],
  'import.mapping-invalid': [
    say`The columns do not make a price bar`,
    say`A time and open, high, low and close are needed, each once.`,
  ],
  'import.no-valid-rows': [
    say`No row of the file holds a price`,
    say`Check the columns, the date order and that it is a price file.`,
  ],
  'import.not-text': [
    say`This is not a text file of prices`,
    say`CSV or TXT, also packed as .gz, can be read.`,
  ],
  'import.file-unreadable': [
    say`The file cannot be read from the disk`,
    say`It was moved, changed or locked since it was chosen. Choose it again.`,
  ],
  'import.tick-file': [
    say`This file holds ticks where bars are needed`,
    say`Choose bars: the same prices as M1 or a longer timeframe.`,
  ],
  'import.no-ticks': [
    say`This file holds bars where ticks are needed`,
    say`Choose a file of single quotes, each with its bid.`,
  ],
  'import.archive-damaged': [say`The packed file is damaged`, say`Download or export it again.`],
  'import.too-large': [
    say`The file is too large`,
    say`Split it, for example by year, and import each.`,
  ],
  'import.too-many-problems': [
    say`Too many rows could not be read`,
    say`Nothing was stored. Check the columns, the separator and the date order.`,
  ],
  'import.timeframe-mismatch': [
    say`The bars have another timeframe than the stored series`,
    say`Choose the timeframe of the file, or another symbol name.`,
  ],
  'import.columns-mismatch': [
    say`The stored series has other columns`,
    say`One has ask prices, volume or spreads and the other has not. Delete the stored series first, or import under another symbol name.`,
  ],
  'import.name-invalid': [
    say`This symbol name cannot be used`,
    'Letters, digits and . ^ _ # & = + ! / - are allowed, up to 32 characters.',
  ],
  'journal.format-unknown': [
    say`No deals were found in this file`,
    say`Choose a report of the history of an account: of MetaTrader 5 as HTML or XLSX, of MetaTrader 4 as HTML, or a list of closed trades as CSV with their symbol, side, volume, times, prices and profit.`,
  ],
  'journal.news-unknown': [
    say`This is no list of news that Offing can read`,
    say`It needs a line with the names of its columns: date or time, currency, impact and title.`,
  ],
  'journal.too-large': [
    say`The statement is too large`,
    say`Save it for shorter times, for example year by year, and import each.`,
  ],
  'journal.zone-unknown': [say`This time zone is not known`, say`Choose one of the list.`],
  'file.not-made': [
    say`The file could not be made`,
    say`Memory or room is short, the browser did not allow it, or a part of the page is not on this device yet. Close other tabs, look at the connection, then try again.`,
  ],
  'store.full': [
    say`The storage of this browser is full`,
    say`Nothing was lost. Delete a price series or free space on the device, then try again.`,
  ],
  'store.unavailable': [
    say`The storage of this browser cannot be opened`,
    say`Private windows and some settings forbid it. Close other tabs of Offing and try again.`,
  ],
  'store.not-found': [
    say`This is no longer stored on this device`,
    say`It may have been deleted in another tab.`,
  ],
  'store.damaged': [
    say`Stored data could not be read`,
    say`Reload the page. If it stays, restore your backup or import the file again.`,
  ],
  'note.picture-unreadable': [
    say`This cannot be shown as a picture`,
    say`Pictures are PNG, JPEG, WebP, GIF or AVIF files of at most 50 MB.`,
  ],
  'note.pictures-full': [
    say`This note has as many pictures as it can hold`,
    say`Remove some of them, or write another note.`,
  ],
  'store.archive-invalid': [
    say`This is not a backup of Offing, or it is damaged`,
    say`Nothing was changed. Choose the file that was exported here.`,
  ],
  'rules.invalid': [
    say`The strategy has errors`,
    say`They are underlined in its text, each with a reason.`,
  ],
  'rules.too-long': [say`The strategy text is too long`, say`Shorten it.`],
  'settings.invalid': [say`A setting of the run is out of range`, say`Correct it and run again.`],
  'run.input-unknown': [
    say`The strategy has no such input`,
    say`Open the strategy and choose its inputs again.`,
  ],
  'run.input-invalid': [
    say`An input of the strategy is out of range`,
    say`Correct it and run again.`,
  ],
  'run.volume-missing': [
    say`The strategy needs volume and the series has none`,
    say`Choose a series with volume, or rules without it.`,
  ],
  'run.inner-missing': [
    say`There is nothing stored that moves inside these bars`,
    say`Import ticks or a shorter timeframe of the same symbol, or choose another path inside a bar.`,
  ],
  'run.spread-missing': [
    say`These bars hold no spread`,
    say`Import bars with a spread column, as MetaTrader exports them, or state the spread in points.`,
  ],
  'run.symbol-missing': [
    say`The rules read a symbol of which there are no bars`,
    say`Import its bars in the timeframe of the run, or take the line out of the rules.`,
  ],
  'run.timeframe-too-short': [
    say`The rules read a timeframe shorter than that of the bars`,
    say`Run them on bars of that timeframe or of a shorter one.`,
  ],
  'run.too-few-bars': [
    say`The series is too short for this strategy`,
    say`Its indicators need more bars to begin. Choose a longer series.`,
  ],
  'optimise.prices-changed': [
    say`The prices are not those this search began with`,
    say`What it has found stays. Start a new search to use the prices of now.`,
  ],
  'code.syntax': [
    say`The strategy has errors`,
    say`They are underlined in its text, each with a reason.`,
  ],
  'code.threw': [say`The strategy stopped with an error`, say`Mend the line that is named.`],
  'code.endless': [
    say`The strategy took too long and was ended`,
    say`Look for a loop without an end, or for work that grows with every bar.`,
  ],
  'code.memory': [
    say`The strategy needs too much memory and was ended`,
    say`Keep less from bar to bar.`,
  ],
  'code.output-too-large': [
    say`The strategy writes too much to the log`,
    say`Write only on the bars that matter.`,
  ],
  'code.single-market': [
    say`A strategy in code trades one instrument`,
    say`Choose one series of prices, or write it as rules.`,
  ],
  'code.looks-ahead': [
    say`The strategy looks into the future`,
    say`On fewer bars it would have traded otherwise: its result means nothing.`,
  ],
  'auth.sign-in-needed': [say`This needs you to be signed in`, say`Sign in, then try again.`],
  'auth.step-up-needed': [
    say`This needs you to confirm who you are`,
    say`Enter your password or use your passkey, then try again.`,
  ],
  'auth.email-unverified': [
    say`Your e-mail address is not confirmed yet`,
    say`Open the link in the mail that was sent to you, or have it sent again on the Profile page.`,
  ],
  'auth.second-factor-needed': [
    say`This needs a second step at sign-in`,
    say`Set up an authenticator app or a passkey on the Security page, then sign in with it.`,
  ],
  'auth.not-allowed': [say`Your role does not allow this`, say`An admin can change roles.`],
  'auth.local-only': [
    say`This works only on the machine that the server runs on`,
    say`Open the server there, by the address that it printed when it started.`,
  ],
  'auth.credentials-wrong': [
    say`The e-mail address or the password is wrong`,
    say`Check both, or ask for a new password.`,
  ],
  'auth.code-wrong': [
    say`The code is wrong or was used before`,
    say`Wait for the next code of your app, and check that the clock of your phone is right.`,
  ],
  'auth.step-expired': [
    say`The second step took too long or failed too often`,
    say`Begin again with your password.`,
  ],
  'auth.link-invalid': [
    say`This link was used before, is too old or is not whole`,
    say`Ask for a new one.`,
  ],
  'auth.password-weak': [
    say`This password is too easy to guess`,
    say`Take 12 characters or more: a few words in a row, unlike your name and e-mail.`,
  ],
  'auth.password-wrong': [say`The password is wrong`, say`Check it and try again.`],
  'auth.email-invalid': [say`This is not an e-mail address`, say`It looks like name@example.com.`],
  'auth.passkey-refused': [
    say`No passkey was accepted`,
    say`The question was closed, took too long, or the passkey belongs to another account. Try again, or sign in with your password.`,
  ],
  'auth.passkey-unsupported-here': [
    say`Passkeys do not work at this address`,
    say`A browser ties them to a name such as localhost. Open the server by its name.`,
  ],
  'auth.totp-not-begun': [say`The setting up was not begun`, say`Begin again with a new secret.`],
  'auth.last-admin': [say`This is the last admin`, say`Make somebody else an admin first.`],
  'account.not-found': [say`This is no longer there`, say`It may have been deleted meanwhile.`],
  'account.name-taken': [say`This name is taken already`, say`Choose another name.`],
  'account.too-many': [
    say`There are as many as are allowed`,
    say`Remove one that is not used any more.`,
  ],
  'sync.chunk-damaged': [
    say`A part of a file was damaged on its way`,
    say`It is sent again by itself; nothing was lost.`,
  ],
  'sync.chunk-missing': [
    say`A part of a file is not on the server`,
    say`It comes once the device that has it is online.`,
  ],
  'sync.device-missing': [say`This device is not in the list any more`, say`Load the page again.`],
  'sync.behind': [
    say`This device has not everything yet`,
    say`Wait until the status bar says that everything is synced, then try again.`,
  ],
  'sync.encryption-changed': [
    say`Encryption was changed on another device`,
    say`Look at how it is now, then try again.`,
  ],
  'sync.locked': [say`Your data are locked on this device`, say`Enter your passphrase first.`],
  'sync.passphrase-wrong': [
    say`This does not open your data`,
    say`Check what you typed; it is not the password of your account. The recovery code opens them too.`,
  ],
  'sync.elsewhere': [
    say`This is on another device, which has not sent it yet`,
    say`It comes when there is a network.`,
  ],
  'sync.quota-full': [
    say`There is no more room for your data on the server`,
    say`They stay on this device. Delete runs or pictures that you do not need, or ask who runs the server for more room.`,
  ],
  'market.no-history': [
    say`This connection is too old to show past prices`,
    say`Load the new Offing.mq5 from the Connections page into the terminal.`,
  ],
  'market.offline': [
    say`The terminal is not connected`,
    say`Past prices come from it. They are there again once the Connections page says that it is online.`,
  ],
  'market.loading': [
    say`The terminal is still loading its history`,
    say`Try again in a moment; the first time of a symbol takes longest.`,
  ],
  'market.unavailable': [
    say`No source answers just now`,
    say`What was there before is kept; it is tried again by itself.`,
  ],
  'market.symbol-unknown': [
    say`This symbol is not known there`,
    say`Choose one of the list. In MetaTrader 5 it has to be in the Market Watch.`,
  ],
  'market.timeframe-unknown': [
    say`This source has no such timeframe`,
    say`Choose another timeframe.`,
  ],
  'market.source-off': [
    say`This source is not switched on`,
    say`Who runs the server can switch on sources of prices.`,
  ],
  'limits.too-many-calls': [
    say`That was tried too often in a short time`,
    say`Wait a little, then try again.`,
  ],
  'work.cancelled': [say`Cancelled`, say`Nothing was stored.`],
  'work.crashed': [
    say`The work stopped unexpectedly`,
    say`Nothing was stored. Try again; if it happens twice, reload the page.`,
  ],
  'server.misdirected': [
    say`The server does not answer for this address`,
    say`Open the address it was set up for.`,
  ],
  'server.unavailable': [
    say`The server does not answer`,
    say`Everything on this device goes on working.`,
  ],
  'server.request-invalid': [
    say`The server did not understand the request`,
    say`Reload the page: it may be older than the server.`,
  ],
  'server.request-too-large': [
    say`The request is too large for the server`,
    say`Nothing was sent.`,
  ],
  'server.procedure-unknown': [
    say`The server does not know this request`,
    say`Reload the page: it may be older or newer than the server.`,
  ],
  'server.origin-refused': [
    say`The server refuses requests from this address`,
    say`Open the address it was set up for.`,
  ],
  'server.failed': [
    say`The server failed`,
    say`Everything on this device goes on working. Try again later.`,
  ],
  ...tradeWords,
};

/** The words for one failure. A code newer than this version is shown as it is. */
export function errorWords(failure: Failure): ErrorWords {
  const { code, detail, figures } = failure;
  const input = code === 'server.request-invalid' ? inputWords(figures) : null;
  if (input) return { ...input, detail };
  const [what, then, told] = words[code] ?? [say`Something failed (${code})`, ''];
  if (told && figures) return { what, then, detail: withFigures(told, figures) };
  return { what, then, detail: code === 'work.cancelled' ? '' : detail };
}
