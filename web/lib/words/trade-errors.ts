/** What a trader reads when an order or a trading account is refused. */
import type { ErrorCode } from '#core/errors.ts';
import type { Words } from './errors.ts';

type TradeCode = Extract<
  ErrorCode,
  `trade.${string}` | `risk.${string}` | `bot.${string}` | `alert.${string}`
>;

export const tradeWords: Readonly<Record<TradeCode, Words>> = {
  'trade.account-missing': ['There is no such trading account', 'Choose another on Connections.'],
  'trade.account-halted': [
    'Trading on this account is stopped',
    'Look at the reason on Connections and let it go on. Closing positions works meanwhile.',
  ],
  'trade.account-unready': [
    'This account is not connected yet',
    'Pair its terminal on Connections and wait until it was heard.',
  ],
  'trade.account-differs': [
    'Another account is behind this terminal',
    'Log the terminal in to the account it was paired with, or pair the new one.',
  ],
  'trade.request-differs': [
    'This order was sent before with something else in it',
    'Make it anew.',
  ],
  'trade.position-missing': ['There is no such position', 'It may be closed already.'],
  'trade.order-missing': [
    'There is no such working order',
    'It may be filled, canceled or expired already.',
  ],
  'trade.closing-already': [
    'All of this position is being closed already',
    'Wait until that is known.',
  ],
  'trade.not-pair': [
    'These two orders do not make a pair',
    'One cancels the other where both are pending orders of the same symbol.',
  ],
  'trade.symbol-unknown': [
    'The broker has no such symbol',
    'Choose one from the list of the account.',
  ],
  'trade.not-opposite': [
    'These two positions do not close one another',
    'Choose one to buy and one to sell of the same symbol, on an account that keeps both.',
  ],
  'trade.paper-off': [
    'This server runs no paper accounts',
    'Pair a terminal with a demo account instead, or ask who runs the server.',
  ],
  'trade.exchange-unknown': [
    'There is no connector for this exchange',
    'Choose one of the exchanges listed.',
  ],
  'trade.not-open': [
    'Nothing is to be decided of this order',
    'Its fate is known, or still looked for.',
  ],
  'trade.not-arrived': [
    'The order never reached the server',
    'Nothing was done, and it is not sent again. Make it anew if you still want it.',
  ],
  'trade.same-again': [
    'The same was asked a moment ago',
    'Look whether that one is done; if you want another, wait two seconds.',
  ],
  'trade.programs-off': [
    'The terminal lets no program trade',
    'Switch on “Algo Trading” in MetaTrader, and allow it for Offing.',
  ],
  'trade.volume-invalid': ['This is no volume', 'Enter lots, such as 0.10.'],
  'trade.volume-below-min': [
    'The volume is below the smallest that the broker takes',
    'Take more, or allow more risk.',
    '{value} lots; the smallest is {limit}.',
  ],
  'trade.volume-above-max': [
    'The volume is above the largest that the broker takes',
    'Take less, or several orders.',
    '{value} lots; the largest is {limit}.',
  ],
  'trade.volume-off-grid': [
    'The broker takes no such volume',
    'Round it to a whole step.',
    '{value} lots; the step is {step}.',
  ],
  'trade.number-invalid': [
    'A number of the order cannot be used',
    'Correct it.',
    'The {field} is {value}.',
  ],
  'trade.price-off-grid': [
    'The broker takes no such price',
    'Round it to a whole step.',
    'The {field} is {value}; the step is {step}.',
  ],
  'trade.price-side': [
    'The price is on the wrong side of the market',
    'A limit waits for a better price, a stop for a worse one.',
    'The {field} is {value}, the market {price}.',
  ],
  'trade.price-moved': [
    'The price is worse than you allowed',
    'Nothing was sent. Allow a worse price, or wait.',
    'It is {value}; you allowed {limit}.',
  ],
  'trade.stop-side': [
    'The stop is on the wrong side',
    'It lies below the price of a buy and above that of a sell.',
    'The stop is {value}, the price {price}.',
  ],
  'trade.target-side': [
    'The target is on the wrong side',
    'It lies above the price of a buy and below that of a sell.',
    'The target is {value}, the price {price}.',
  ],
  'trade.level-too-near': [
    'A level is too near to the price for the broker',
    'Move it away.',
    'The {field} is {value}, the price {price}; at least {limit} points between them.',
  ],
  'trade.frozen': [
    'The order is so near to the price that the broker lets nobody change it',
    'Wait: it is filled, or the price goes away again.',
    'It stands at {value}, the price at {price}; frozen within {limit} points.',
  ],
  'trade.symbol-unpriced': [
    'The broker has not said what a move of this symbol is worth',
    'Show it in the Market Watch of the terminal, then try again.',
  ],
  'trade.symbol-closed': [
    'The broker takes no such order in this symbol',
    'It is closed, or open to one side alone. Closing positions works where the market is open.',
  ],
  'trade.quote-missing': [
    'There is no price of this symbol yet',
    'Wait until the terminal shows one.',
  ],
  'trade.quote-stale': [
    'The last price is too old to trade at',
    'Wait for a new one: the market may be closed, or the terminal away.',
  ],
  'trade.time-past': [
    'The order would be over before it begins',
    'Choose a later time, or let it stand until it is canceled.',
  ],
  'trade.trail-invalid': [
    'The trailing stop is out of bounds',
    'Correct it.',
    'The {field} is {value} pips; {least} to {most} make sense.',
  ],
  'bot.untranslatable': [
    'A bot cannot trade this strategy',
    'Change it, or choose another account or strategy.',
  ],
  'bot.timeframe': ['A bot cannot trade bars of this length', 'Choose another.'],
  'bot.symbol-taken': [
    'Another bot trades this symbol on this account',
    'The account keeps one position a symbol: stop the other bot, or choose another account.',
  ],
  'bot.real-unconfirmed': [
    'This account trades real money',
    'Say that you know it, or choose a paper account.',
  ],
  'bot.missing': ['There is no such bot', 'It may be of another account.'],
  'bot.step': ['The bot is in another state by now', 'Look at it again.'],
  'alert.missing': ['There is no such alert', 'It may have been deleted on another device.'],
  'alert.rule-invalid': [
    'The rule cannot be read',
    'Its last line must be a condition, such as rsi(close, 14) < 30.',
    '{what}',
  ],
  'alert.push-refused': [
    'This browser’s notifications cannot be reached',
    'Its notification service has no public address. Use mail instead.',
  ],
  'risk.equity': ['There is no equity to trade with', 'Pay in, or choose another account.'],
  'risk.drawdown': [
    'The account has lost as much as you allow',
    'Nothing is opened until it recovers or you change the limit. Closing works.',
    'Drawdown {value%} of the highest equity; your limit is {limit%}.',
  ],
  'risk.stop-missing': ['Your limits want a stop with every order', 'Add a stop.'],
  'risk.trade': [
    'The trade risks more than you allow',
    'Take less volume, or a nearer stop.',
    'Risk {value%} of equity; your limit is {limit%}.',
  ],
  'risk.reward': [
    'The target is too near for what the stop risks',
    'Move the target away, or the stop nearer.',
    'Reward {value} times the risk; your limit is {limit}.',
  ],
  'risk.position': [
    'The position is larger than you allow',
    'Take less volume.',
    'Margin {value%} of equity; your limit is {limit%}.',
  ],
  'risk.exposure': [
    'All positions together are larger than you allow',
    'Take less volume, or close something first.',
    'Margin {value%} of equity; your limit is {limit%}.',
  ],
  'risk.positions': [
    'There are as many positions and orders as you allow',
    'Close or cancel one first.',
    'It would be number {value}; your limit is {limit}.',
  ],
  'risk.margin': [
    'There is not enough free margin',
    'Take less volume, or close something first.',
    'It takes {value}; {limit} is free.',
  ],
};
