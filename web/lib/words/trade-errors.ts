/** What a trader reads when an order or a trading account is refused. */
import type { ErrorCode } from '#core/errors.ts';
import type { Words } from './errors.ts';
import { say } from './language.ts';

type TradeCode = Extract<
  ErrorCode,
  `trade.${string}` | `risk.${string}` | `bot.${string}` | `alert.${string}`
>;

export const tradeWords: Readonly<Record<TradeCode, Words>> = {
  'trade.account-missing': [
    say`There is no such trading account`,
    say`Choose another on Connections.`,
  ],
  'trade.account-halted': [
    say`Trading on this account is stopped`,
    say`Look at the reason on Connections and let it go on. Closing positions works meanwhile.`,
  ],
  'trade.account-unready': [
    say`This account is not connected yet`,
    say`Pair its terminal on Connections and wait until it was heard.`,
  ],
  'trade.account-differs': [
    say`Another account is behind this terminal`,
    say`Log the terminal in to the account it was paired with, or pair the new one.`,
  ],
  'trade.request-differs': [
    say`This order was sent before with something else in it`,
    say`Make it anew.`,
  ],
  'trade.position-missing': [say`There is no such position`, say`It may be closed already.`],
  'trade.order-missing': [
    say`There is no such working order`,
    say`It may be filled, canceled or expired already.`,
  ],
  'trade.closing-already': [
    say`All of this position is being closed already`,
    say`Wait until that is known.`,
  ],
  'trade.not-pair': [
    say`These two orders do not make a pair`,
    say`One cancels the other where both are pending orders of the same symbol.`,
  ],
  'trade.symbol-unknown': [
    say`The broker has no such symbol`,
    say`Choose one from the list of the account.`,
  ],
  'trade.not-opposite': [
    say`These two positions do not close one another`,
    say`Choose one to buy and one to sell of the same symbol, on an account that keeps both.`,
  ],
  'trade.paper-off': [
    say`This server runs no paper accounts`,
    say`Pair a terminal with a demo account instead, or ask who runs the server.`,
  ],
  'trade.exchange-unknown': [
    say`There is no connector for this exchange`,
    say`Choose one of the exchanges listed.`,
  ],
  'trade.not-open': [
    say`Nothing is to be decided of this order`,
    say`Its fate is known, or still looked for.`,
  ],
  'trade.not-arrived': [
    say`The order never reached the server`,
    say`Nothing was done, and it is not sent again. Make it anew if you still want it.`,
  ],
  'trade.same-again': [
    say`The same was asked a moment ago`,
    say`Look whether that one is done; if you want another, wait two seconds.`,
  ],
  'trade.programs-off': [
    say`The terminal lets no program trade`,
    say`Switch on “Algo Trading” in MetaTrader, and allow it for Offing.`,
  ],
  'trade.volume-invalid': [say`This is no volume`, say`Enter lots, such as 0.10.`],
  'trade.volume-below-min': [
    say`The volume is below the smallest that the broker takes`,
    say`Take more, or allow more risk.`,
    '{value} lots; the smallest is {limit}.',
  ],
  'trade.volume-above-max': [
    say`The volume is above the largest that the broker takes`,
    say`Take less, or several orders.`,
    '{value} lots; the largest is {limit}.',
  ],
  'trade.volume-off-grid': [
    say`The broker takes no such volume`,
    say`Round it to a whole step.`,
    '{value} lots; the step is {step}.',
  ],
  'trade.number-invalid': [
    say`A number of the order cannot be used`,
    say`Correct it.`,
    'The {field} is {value}.',
  ],
  'trade.price-off-grid': [
    say`The broker takes no such price`,
    say`Round it to a whole step.`,
    'The {field} is {value}; the step is {step}.',
  ],
  'trade.price-side': [
    say`The price is on the wrong side of the market`,
    say`A limit waits for a better price, a stop for a worse one.`,
    'The {field} is {value}, the market {price}.',
  ],
  'trade.price-moved': [
    say`The price is worse than you allowed`,
    say`Nothing was sent. Allow a worse price, or wait.`,
    'It is {value}; you allowed {limit}.',
  ],
  'trade.stop-side': [
    say`The stop is on the wrong side`,
    say`It lies below the price of a buy and above that of a sell.`,
    'The stop is {value}, the price {price}.',
  ],
  'trade.target-side': [
    say`The target is on the wrong side`,
    say`It lies above the price of a buy and below that of a sell.`,
    'The target is {value}, the price {price}.',
  ],
  'trade.level-too-near': [
    say`A level is too near to the price for the broker`,
    say`Move it away.`,
    'The {field} is {value}, the price {price}; at least {limit} points between them.',
  ],
  'trade.frozen': [
    say`The order is so near to the price that the broker lets nobody change it`,
    say`Wait: it is filled, or the price goes away again.`,
    'It stands at {value}, the price at {price}; frozen within {limit} points.',
  ],
  'trade.symbol-unpriced': [
    say`The broker has not said what a move of this symbol is worth`,
    say`Show it in the Market Watch of the terminal, then try again.`,
  ],
  'trade.symbol-closed': [
    say`The broker takes no such order in this symbol`,
    say`It is closed, or open to one side alone. Closing positions works where the market is open.`,
  ],
  'trade.quote-missing': [
    say`There is no price of this symbol yet`,
    say`Wait until the terminal shows one.`,
  ],
  'trade.quote-stale': [
    say`The last price is too old to trade at`,
    say`Wait for a new one: the market may be closed, or the terminal away.`,
  ],
  'trade.time-past': [
    say`The order would be over before it begins`,
    say`Choose a later time, or let it stand until it is canceled.`,
  ],
  'trade.trail-invalid': [
    say`The trailing stop is out of bounds`,
    say`Correct it.`,
    'The {field} is {value} pips; {least} to {most} make sense.',
  ],
  'bot.untranslatable': [
    say`A bot cannot trade this strategy`,
    say`Change it, or choose another account or strategy.`,
  ],
  'bot.bars-used-up': [
    say`A bot in code goes through no more bars`,
    say`Start another one; it begins anew, and so does all that it remembers.`,
  ],
  'bot.timeframe': [say`A bot cannot trade bars of this length`, say`Choose another.`],
  'bot.symbol-taken': [
    say`Another bot trades this symbol on this account`,
    say`The account keeps one position a symbol: stop the other bot, or choose another account.`,
  ],
  'bot.real-unconfirmed': [
    say`This account trades real money`,
    say`Say that you know it, or choose a paper account.`,
  ],
  'bot.missing': [say`There is no such bot`, say`It may be of another account.`],
  'bot.step': [say`The bot is in another state by now`, say`Look at it again.`],
  'alert.missing': [say`There is no such alert`, say`It may have been deleted on another device.`],
  'alert.rule-invalid': [
    say`The rule cannot be read`,
    'Its last line must be a condition, such as rsi(close, 14) < 30.',
    '{what}',
  ],
  'alert.push-refused': [
    say`This browser’s notifications cannot be reached`,
    say`Its notification service has no public address. Use mail instead.`,
  ],
  'risk.equity': [say`There is no equity to trade with`, say`Pay in, or choose another account.`],
  'risk.drawdown': [
    say`The account has lost as much as you allow`,
    say`Nothing is opened until it recovers or you change the limit. Closing works.`,
    'Drawdown {value%} of the highest equity; your limit is {limit%}.',
  ],
  'risk.stop-missing': [say`Your limits want a stop with every order`, say`Add a stop.`],
  'risk.trade': [
    say`The trade risks more than you allow`,
    say`Take less volume, or a nearer stop.`,
    'Risk {value%} of equity; your limit is {limit%}.',
  ],
  'risk.reward': [
    say`The target is too near for what the stop risks`,
    say`Move the target away, or the stop nearer.`,
    'Reward {value} times the risk; your limit is {limit}.',
  ],
  'risk.position': [
    say`The position is larger than you allow`,
    say`Take less volume.`,
    'Margin {value%} of equity; your limit is {limit%}.',
  ],
  'risk.exposure': [
    say`All positions together are larger than you allow`,
    say`Take less volume, or close something first.`,
    'Margin {value%} of equity; your limit is {limit%}.',
  ],
  'risk.positions': [
    say`There are as many positions and orders as you allow`,
    say`Close or cancel one first.`,
    'It would be number {value}; your limit is {limit}.',
  ],
  'risk.margin': [
    say`There is not enough free margin`,
    say`Take less volume, or close something first.`,
    'It takes {value}; {limit} is free.',
  ],
};
