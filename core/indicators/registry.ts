/** Every indicator, by its name in a rule text. */
import { accelerationBandsIndicator } from './acceleration-bands.ts';
import { acceleratorIndicator } from './accelerator.ts';
import { accumulationDistributionIndicator } from './accumulation-distribution.ts';
import { adxIndicator } from './adx.ts';
import { adxrIndicator } from './adxr.ts';
import { almaIndicator } from './alma.ts';
import { apoIndicator } from './apo.ts';
import { aroonIndicator } from './aroon.ts';
import { atrIndicator } from './atr.ts';
import { awesomeIndicator } from './awesome.ts';
import { bollingerIndicator } from './bollinger.ts';
import { cciIndicator } from './cci.ts';
import { chaikinMoneyFlowIndicator } from './chaikin-money-flow.ts';
import { chaikinOscillatorIndicator } from './chaikin-oscillator.ts';
import { chaikinVolatilityIndicator } from './chaikin-volatility.ts';
import { changeIndicator } from './change.ts';
import { choppinessIndicator } from './choppiness.ts';
import { cmoIndicator } from './cmo.ts';
import { connorsRsiIndicator } from './connors-rsi.ts';
import { coppockIndicator } from './coppock.ts';
import { darkCloudIndicator } from './dark-cloud.ts';
import { demaIndicator } from './dema.ts';
import { dmiIndicator } from './dmi.ts';
import { dojiIndicator } from './doji.ts';
import { donchianIndicator } from './donchian.ts';
import { dpoIndicator } from './dpo.ts';
import { easeOfMovementIndicator } from './ease-of-movement.ts';
import { emaIndicator } from './ema.ts';
import { engulfingIndicator } from './engulfing.ts';
import { envelopeIndicator } from './envelope.ts';
import { eveningStarIndicator } from './evening-star.ts';
import { fisherIndicator } from './fisher.ts';
import { forceIndexIndicator } from './force-index.ts';
import { framaIndicator } from './frama.ts';
import { garmanKlassIndicator } from './garman-klass.ts';
import { hammerIndicator } from './hammer.ts';
import { haramiIndicator } from './harami.ts';
import { heikinAshiIndicator } from './heikin-ashi.ts';
import { highestIndicator } from './highest.ts';
import { historicalVolatilityIndicator } from './historical-volatility.ts';
import { hmaIndicator } from './hma.ts';
import { ichimokuIndicator } from './ichimoku.ts';
import type { Indicator } from './indicator.ts';
import { insideBarIndicator } from './inside-bar.ts';
import { kamaIndicator } from './kama.ts';
import { keltnerIndicator } from './keltner.ts';
import { klingerIndicator } from './klinger.ts';
import { kstIndicator } from './kst.ts';
import { linearRegressionChannelIndicator } from './linear-regression-channel.ts';
import { linearRegressionSlopeIndicator } from './linear-regression-slope.ts';
import { linearRegressionIndicator } from './linear-regression.ts';
import { lowestIndicator } from './lowest.ts';
import { macdIndicator } from './macd.ts';
import { marubozuIndicator } from './marubozu.ts';
import { massIndexIndicator } from './mass-index.ts';
import { mcginleyIndicator } from './mcginley.ts';
import { mfiIndicator } from './mfi.ts';
import { momentumIndicator } from './momentum.ts';
import { morningStarIndicator } from './morning-star.ts';
import { natrIndicator } from './natr.ts';
import { nviIndicator } from './nvi.ts';
import { obvIndicator } from './obv.ts';
import { outsideBarIndicator } from './outside-bar.ts';
import { parabolicSarIndicator } from './parabolic-sar.ts';
import { parkinsonIndicator } from './parkinson.ts';
import { piercingIndicator } from './piercing.ts';
import { pivotCamarillaIndicator } from './pivot-camarilla.ts';
import { pivotClassicIndicator } from './pivot-classic.ts';
import { pivotFibonacciIndicator } from './pivot-fibonacci.ts';
import { pivotWoodieIndicator } from './pivot-woodie.ts';
import { ppoIndicator } from './ppo.ts';
import { psychologicalIndicator } from './psychological.ts';
import { pviIndicator } from './pvi.ts';
import { pvtIndicator } from './pvt.ts';
import { qstickIndicator } from './qstick.ts';
import { rSquaredIndicator } from './r-squared.ts';
import { rmaIndicator } from './rma.ts';
import { rocIndicator } from './roc.ts';
import { rsiIndicator } from './rsi.ts';
import { rviIndicator } from './rvi.ts';
import { shootingStarIndicator } from './shooting-star.ts';
import { smaIndicator } from './sma.ts';
import { spinningTopIndicator } from './spinning-top.ts';
import { standardErrorBandsIndicator } from './standard-error-bands.ts';
import { standardErrorIndicator } from './standard-error.ts';
import { stdevIndicator } from './stdev.ts';
import { stochRsiIndicator } from './stoch-rsi.ts';
import { stochasticIndicator } from './stochastic.ts';
import { sumIndicator } from './sum.ts';
import { supertrendIndicator } from './supertrend.ts';
import { swingIndicator } from './swing.ts';
import { t3Indicator } from './t3.ts';
import { temaIndicator } from './tema.ts';
import { threeBlackCrowsIndicator } from './three-black-crows.ts';
import { threeWhiteSoldiersIndicator } from './three-white-soldiers.ts';
import { timeSeriesForecastIndicator } from './time-series-forecast.ts';
import { trimaIndicator } from './trima.ts';
import { trixIndicator } from './trix.ts';
import { trueRangeIndicator } from './true-range.ts';
import { tsiIndicator } from './tsi.ts';
import { ulcerIndexIndicator } from './ulcer-index.ts';
import { ultimateIndicator } from './ultimate.ts';
import { vidyaIndicator } from './vidya.ts';
import { volumeOscillatorIndicator } from './volume-oscillator.ts';
import { vortexIndicator } from './vortex.ts';
import { vwapIndicator } from './vwap.ts';
import { vwmaIndicator } from './vwma.ts';
import { williamsRIndicator } from './williams-r.ts';
import { wmaIndicator } from './wma.ts';
import { zigzagIndicator } from './zigzag.ts';
import { zlemaIndicator } from './zlema.ts';

export const indicators: readonly Indicator[] = [
  smaIndicator,
  emaIndicator,
  wmaIndicator,
  rmaIndicator,
  demaIndicator,
  temaIndicator,
  trimaIndicator,
  kamaIndicator,
  hmaIndicator,
  zlemaIndicator,
  almaIndicator,
  t3Indicator,
  vwmaIndicator,
  vidyaIndicator,
  mcginleyIndicator,
  framaIndicator,
  linearRegressionIndicator,
  timeSeriesForecastIndicator,
  rsiIndicator,
  stochasticIndicator,
  macdIndicator,
  cciIndicator,
  williamsRIndicator,
  rocIndicator,
  momentumIndicator,
  stochRsiIndicator,
  ultimateIndicator,
  awesomeIndicator,
  acceleratorIndicator,
  ppoIndicator,
  apoIndicator,
  trixIndicator,
  dpoIndicator,
  cmoIndicator,
  tsiIndicator,
  kstIndicator,
  fisherIndicator,
  coppockIndicator,
  rviIndicator,
  aroonIndicator,
  connorsRsiIndicator,
  qstickIndicator,
  psychologicalIndicator,
  atrIndicator,
  trueRangeIndicator,
  natrIndicator,
  stdevIndicator,
  historicalVolatilityIndicator,
  chaikinVolatilityIndicator,
  massIndexIndicator,
  ulcerIndexIndicator,
  standardErrorIndicator,
  parkinsonIndicator,
  garmanKlassIndicator,
  choppinessIndicator,
  adxIndicator,
  adxrIndicator,
  dmiIndicator,
  supertrendIndicator,
  parabolicSarIndicator,
  ichimokuIndicator,
  vortexIndicator,
  linearRegressionSlopeIndicator,
  rSquaredIndicator,
  heikinAshiIndicator,
  bollingerIndicator,
  keltnerIndicator,
  donchianIndicator,
  envelopeIndicator,
  accelerationBandsIndicator,
  standardErrorBandsIndicator,
  linearRegressionChannelIndicator,
  obvIndicator,
  accumulationDistributionIndicator,
  chaikinOscillatorIndicator,
  chaikinMoneyFlowIndicator,
  mfiIndicator,
  forceIndexIndicator,
  easeOfMovementIndicator,
  volumeOscillatorIndicator,
  pvtIndicator,
  nviIndicator,
  pviIndicator,
  klingerIndicator,
  vwapIndicator,
  pivotClassicIndicator,
  pivotFibonacciIndicator,
  pivotCamarillaIndicator,
  pivotWoodieIndicator,
  zigzagIndicator,
  swingIndicator,
  dojiIndicator,
  spinningTopIndicator,
  marubozuIndicator,
  hammerIndicator,
  shootingStarIndicator,
  engulfingIndicator,
  haramiIndicator,
  piercingIndicator,
  darkCloudIndicator,
  morningStarIndicator,
  eveningStarIndicator,
  threeWhiteSoldiersIndicator,
  threeBlackCrowsIndicator,
  insideBarIndicator,
  outsideBarIndicator,
  highestIndicator,
  lowestIndicator,
  changeIndicator,
  sumIndicator,
];

const byName: ReadonlyMap<string, Indicator> = new Map(indicators.map((one) => [one.name, one]));

export function findIndicator(name: string): Indicator | null {
  return byName.get(name) ?? null;
}
