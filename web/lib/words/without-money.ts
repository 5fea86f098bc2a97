/** Sentences in which amounts of money are dots, for notices and titles on a shared screen. */

const codes =
  'USD|EUR|GBP|CHF|JPY|AUD|NZD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|TRY|ZAR|MXN|SGD|HKD|CNH|CNY|INR|IDR|THB|KRW|BRL|ILS|AED|USC|USDT|USDC|BTC|ETH';
const number = '[+−-]?\\d+(?:[,.\\u0020\\u00a0\\u202f]\\d+)*';
const beside = new RegExp(
  `(?:${number}(?=\\s?(?:${codes})\\b))|(?<=\\b(?:${codes})\\s?)${number}|(?<=[$€£¥₹]\\s?)${number}|${number}(?=\\s?[$€£¥₹])`,
  'gu',
);

export const dots = '•••';

/** Numbers beside a currency; prices, sizes and percentages stay. */
export function withoutMoney(text: string): string {
  return text.replaceAll(beside, dots);
}
