/** What a deal costs and earns, in money, and how many units an entry gets: as core does it. */
export let atClose: bool = false;
export let exclusive: bool = false;

let fixed: f64 = 0;
let rate: f64 = 0;
let spread: f64 = 0;
let margin: f64 = 1;
let whole: bool = false;
let rounds: bool = false;
let sizing: i32 = 0;
let amount: f64 = 0;

const SIZED_BY_EQUITY: i32 = 0;
const SIZED_BY_UNITS: i32 = 1;
const SIZED_BY_RISK: i32 = 2;
const ALMOST_ONE: f64 = 0.9999999999999998;

export function setCosts(
  fixedMoney: f64,
  commissionRate: f64,
  spreadRate: f64,
  marginRatio: f64,
  roundsDeals: bool,
): void {
  fixed = fixedMoney;
  rate = commissionRate;
  spread = spreadRate;
  margin = marginRatio;
  rounds = roundsDeals;
}

export function setOrders(
  fillsAtClose: bool,
  replaces: bool,
  wholeUnits: bool,
  kind: i32,
  size: f64,
): void {
  atClose = fillsAtClose;
  exclusive = replaces;
  whole = wholeUnits;
  sizing = kind;
  amount = size;
}

/** On the minor unit, half away from zero, or unchanged without rounding. */
export function settle(money: f64): f64 {
  if (!rounds) return money;
  const minor = floor<f64>(abs<f64>(money) * 100 + 0.5) / 100;
  return money < 0 ? -minor : minor;
}

export function commission(units: f64, price: f64): f64 {
  return settle(fixed + abs<f64>(units) * price * rate);
}

export function entryPrice(side: f64, price: f64): f64 {
  return price * (1 + side * spread);
}

/** `price` is the quote without spread, `fill` with it, `closing` what a close would get now. */
export function entryUnits(
  side: f64,
  cash: f64,
  price: f64,
  fill: f64,
  closing: f64,
  stop: f64,
): f64 {
  const unitCost = fill + price * rate;
  let units: f64 = 0;
  if (sizing === SIZED_BY_EQUITY) {
    units = affordable(cash, unitCost, min<f64>(amount, ALMOST_ONE));
  } else if (sizing === SIZED_BY_UNITS) {
    units = amount <= affordable(cash, unitCost, 1) ? amount : 0;
  } else if (sizing === SIZED_BY_RISK) {
    const most = affordable(cash, unitCost, ALMOST_ONE);
    units = min<f64>(unitsAtRisk(side, cash, fill, closing, stop), most);
  }
  if (whole) units = floor<f64>(units);
  return units > 0 ? units : 0;
}

function affordable(cash: f64, unitCost: f64, fraction: f64): f64 {
  if (!(unitCost > 0)) return 0;
  const power = fraction * (cash - fixed);
  return (margin === 1 ? power : power / margin) / unitCost;
}

function unitsAtRisk(side: f64, cash: f64, fill: f64, closing: f64, stop: f64): f64 {
  if (!(side * (closing - stop) > 0)) return 0;
  const unitLoss = side * (fill - stop) + (fill + stop) * rate;
  return unitLoss > 0 ? (amount * cash - 2 * fixed) / unitLoss : 0;
}
