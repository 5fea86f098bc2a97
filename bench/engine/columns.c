/* Indicators and a rule in C, by the definitions of core/indicators: the rival of their WASM.
 *
 * Usage: columns FILE REPETITIONS, FILE as written by columns-rival.ts, all little-endian:
 * int64 bars, then high, low, close and the four columns that the rule reads, all float64.
 *
 * Prints a JSON object: the median milliseconds of each, and the last value of each.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double larger(double a, double b) { return a > b ? a : b; }
static double smaller(double a, double b) { return a < b ? a : b; }

/* A sum in twice the digits: Knuth's two-sum, Dekker's product. */
typedef struct {
  double high, low;
} Wide;

static inline Wide add(Wide w, double value) {
  double sum = w.high + value, other = sum - w.high;
  double lost = w.high - (sum - other) + (value - other) + w.low;
  Wide out = {sum + lost, 0};
  out.low = lost - (out.high - sum);
  return out;
}

static inline Wide add_product(Wide w, double a, double b) {
  double product = a * b, wide = 134217729.0 * a, ah = wide - (wide - a), al = a - ah;
  double wide_b = 134217729.0 * b, bh = wide_b - (wide_b - b), bl = b - bh;
  return add(add(w, product), ah * bh - product + ah * bl + al * bh + al * bl);
}

static void fill(double *out, int64_t count) {
  for (int64_t i = 0; i < count; i++) out[i] = NAN;
}

__attribute__((noinline)) static void sma(const double *restrict x, double *restrict out,
                                          int64_t n, int64_t p) {
  const double round = 6755399441055744.0, scale = 1e5, divisor = scale * (double)p;
  double sum = 0;
  fill(out, p - 1);
  for (int64_t i = 0; i < p; i++) sum += x[i] * scale + round - round;
  out[p - 1] = sum / divisor;
  for (int64_t i = p; i < n; i++) {
    sum += (x[i] * scale + round - round) - (x[i - p] * scale + round - round);
    out[i] = sum / divisor;
  }
}

__attribute__((noinline)) static void smooth(const double *restrict x, double *restrict out,
                                             int64_t start, int64_t n, int64_t p, double weight) {
  double mean = 0;
  fill(out, start + p - 1);
  for (int64_t i = start; i < start + p; i++) mean += x[i];
  mean /= (double)p;
  out[start + p - 1] = mean;
  for (int64_t i = start + p; i < n; i++) {
    mean += weight * (x[i] - mean);
    out[i] = mean;
  }
}

__attribute__((noinline)) static void sum(const double *restrict x, double *restrict out,
                                          int64_t n, int64_t p) {
  Wide total = {0, 0};
  fill(out, p - 1);
  for (int64_t i = 0; i < n; i++) {
    total = add(total, x[i]);
    if (i < p - 1) continue;
    out[i] = total.high;
    total = add(total, -x[i - p + 1]);
  }
}

__attribute__((noinline)) static void deviation(const double *restrict x, double *restrict out,
                                                int64_t n, int64_t p) {
  Wide total = {0, 0}, squares = {0, 0};
  int64_t equal = 0;
  const double count = (double)p, origin = x[0];
  fill(out, p - 1);
  for (int64_t i = 0; i < n; i++) {
    equal = i > 0 && x[i] == x[i - 1] ? equal + 1 : 1;
    const double offset = x[i] - origin;
    total = add(total, offset);
    squares = add_product(squares, offset, offset);
    if (i < p - 1) continue;
    Wide spread = {0, 0};
    spread = add_product(spread, squares.high, count);
    spread = add_product(spread, squares.low, count);
    spread = add_product(spread, total.high, -total.high);
    spread = add_product(spread, total.high, -2 * total.low);
    out[i] = equal >= p ? 0 : sqrt(larger(0, spread.high) / (count * count));
    const double oldest = x[i - p + 1] - origin;
    total = add(total, -oldest);
    squares = add_product(squares, oldest, -oldest);
  }
}

static inline double strength(double gain, double loss) {
  double moved = gain + loss;
  return moved > 0 ? smaller(100 * gain / moved, 100) : 50;
}

__attribute__((noinline)) static void rsi(const double *restrict x, double *restrict out,
                                          int64_t n, int64_t p) {
  double gain = 0, loss = 0, weight = 1 / (double)p;
  fill(out, p);
  for (int64_t i = 1; i <= p; i++) {
    double change = x[i] - x[i - 1];
    gain += 0.5 * (fabs(change) + change);
    loss += 0.5 * (fabs(change) - change);
  }
  gain /= (double)p;
  loss /= (double)p;
  out[p] = strength(gain, loss);
  for (int64_t i = p + 1; i < n; i++) {
    double change = x[i] - x[i - 1], size = fabs(change);
    gain += weight * (0.5 * (size + change) - gain);
    loss += weight * (0.5 * (size - change) - loss);
    out[i] = strength(gain, loss);
  }
}

static inline double range_at(const double *h, const double *l, const double *c, int64_t i) {
  return larger(h[i], c[i - 1]) - smaller(l[i], c[i - 1]);
}

__attribute__((noinline)) static void true_range(const double *restrict h,
                                                 const double *restrict l,
                                                 const double *restrict c, double *restrict out,
                                                 int64_t n) {
  out[0] = h[0] - l[0];
  for (int64_t i = 1; i < n; i++) out[i] = range_at(h, l, c, i);
}

__attribute__((noinline)) static void atr(const double *restrict h, const double *restrict l,
                                          const double *restrict c, double *restrict out,
                                          int64_t n, int64_t p) {
  double mean = h[0] - l[0], weight = 1 / (double)p;
  fill(out, p - 1);
  for (int64_t i = 1; i < p; i++) mean += range_at(h, l, c, i);
  mean /= (double)p;
  out[p - 1] = mean;
  for (int64_t i = p; i < n; i++) {
    mean += weight * (range_at(h, l, c, i) - mean);
    out[i] = mean;
  }
}

/* A queue of candidates, best first. */
__attribute__((noinline)) static void extreme(const double *restrict x, double *restrict out,
                                              int64_t n, int64_t p, double sign) {
  int64_t bars[256], head = 0, tail = 0;
  double best[256];
  fill(out, p - 1);
  for (int64_t i = 0; i < n; i++) {
    double value = sign * x[i];
    while (tail > head && best[(tail - 1) & 255] <= value) tail--;
    bars[tail & 255] = i;
    best[tail & 255] = value;
    tail++;
    if (bars[head & 255] <= i - p) head++;
    if (i >= p - 1) out[i] = sign * best[head & 255];
  }
}

__attribute__((noinline)) static void roc(const double *restrict x, double *restrict out,
                                          int64_t n, int64_t p) {
  fill(out, p);
  for (int64_t i = p; i < n; i++) {
    out[i] = x[i - p] == 0 ? 0 : 100 * (x[i] - x[i - p]) / x[i - p];
  }
}

__attribute__((noinline)) static void macd(const double *restrict x, double *restrict line,
                                           double *restrict signal, double *restrict histogram,
                                           double *restrict spare, int64_t n) {
  smooth(x, spare, 14, n, 12, 2.0 / 13);
  smooth(x, line, 0, n, 26, 2.0 / 27);
  for (int64_t i = 0; i < n; i++) line[i] = spare[i] - line[i];
  smooth(line, signal, 25, n, 9, 2.0 / 10);
  for (int64_t i = 0; i < n; i++) histogram[i] = line[i] - signal[i];
}

__attribute__((noinline)) static void bollinger(const double *restrict x, double *restrict upper,
                                                double *restrict middle, double *restrict lower,
                                                double *restrict spare, int64_t n, int64_t p) {
  sma(x, middle, n, p);
  deviation(x, spare, n, p);
  for (int64_t i = 0; i < n; i++) {
    double away = 2 * spare[i];
    upper[i] = middle[i] + away;
    lower[i] = middle[i] - away;
  }
}

static inline double percent(double part, double whole) {
  return whole > 0 ? smaller(100 * part / whole, 100) : 0;
}

__attribute__((noinline)) static void adx(const double *restrict h, const double *restrict l,
                                          const double *restrict c, double *restrict out,
                                          double *restrict plus_out, double *restrict minus_out,
                                          double *restrict spare, int64_t n, int64_t p) {
  double range = 0, plus = 0, minus = 0, keep = (double)(p - 1) / (double)p;
  fill(plus_out, p - 1);
  fill(minus_out, p - 1);
  fill(spare, p - 1);
  for (int64_t i = 1; i < n; i++) {
    double up = h[i] - h[i - 1], down = l[i - 1] - l[i], kept = i < p ? 1 : keep;
    range = range * kept + range_at(h, l, c, i);
    plus = plus * kept + (up > down && up > 0 ? up : 0);
    minus = minus * kept + (down > up && down > 0 ? down : 0);
    if (i < p - 1) continue;
    plus_out[i] = percent(plus, range);
    minus_out[i] = percent(minus, range);
    spare[i] = percent(fabs(plus - minus), plus + minus);
  }
  smooth(spare, out, p - 1, n, p, 1 / (double)p);
}

/* crosses_above(a, b) and strength < 70 and close > trend, one byte a bar. */
__attribute__((noinline)) static void rule(const double *restrict close, const double *restrict a,
                                           const double *restrict b, const double *restrict rs,
                                           const double *restrict trend, uint8_t *restrict out,
                                           int64_t n) {
  out[0] = 0;
  for (int64_t i = 1; i < n; i++) {
    out[i] = (a[i - 1] - b[i - 1] < 0) & (a[i] - b[i] > 0) & (rs[i] < 70) & (close[i] > trend[i]);
  }
}

static double count_of(const uint8_t *holds, int64_t n) {
  int64_t set = 0;
  for (int64_t i = 0; i < n; i++) set += holds[i];
  return (double)set;
}

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static const char *separator = "{";

#define MEASURE(name, call, last)                                                  \
  do {                                                                             \
    for (int r = 0; r < repetitions; r++) {                                        \
      double started = now_ms();                                                   \
      call;                                                                        \
      times[r] = now_ms() - started;                                               \
    }                                                                              \
    qsort(times, (size_t)repetitions, sizeof *times, compare);                     \
    printf("%s\"%s\":{\"medianMs\":%.6f,\"last\":%.17g}", separator, name,         \
           times[repetitions / 2], (double)(last));                                \
    separator = ",";                                                               \
  } while (0)

int main(int count, char **words) {
  if (count != 3) return 2;
  FILE *file = fopen(words[1], "rb");
  int64_t n;
  if (!file || fread(&n, sizeof n, 1, file) != 1) return 1;
  double *in = malloc((size_t)n * 7 * sizeof *in), *o[4];
  if (fread(in, sizeof *in, (size_t)n * 7, file) != (size_t)n * 7) return 1;
  for (int k = 0; k < 4; k++) o[k] = calloc((size_t)n, sizeof **o);
  uint8_t *holds = calloc((size_t)n, 1);
  const double *h = in, *l = in + n, *c = in + 2 * n;
  int repetitions = atoi(words[2]);
  double *times = malloc((size_t)repetitions * sizeof *times);

  MEASURE("sma", sma(c, o[0], n, 20), o[0][n - 1]);
  MEASURE("ema", smooth(c, o[0], 0, n, 20, 2.0 / 21), o[0][n - 1]);
  MEASURE("rma", smooth(c, o[0], 0, n, 14, 1.0 / 14), o[0][n - 1]);
  MEASURE("sum", sum(c, o[0], n, 20), o[0][n - 1]);
  MEASURE("stdev", deviation(c, o[0], n, 20), o[0][n - 1]);
  MEASURE("rsi", rsi(c, o[0], n, 14), o[0][n - 1]);
  MEASURE("roc", roc(c, o[0], n, 10), o[0][n - 1]);
  MEASURE("highest", extreme(h, o[0], n, 20, 1), o[0][n - 1]);
  MEASURE("lowest", extreme(l, o[0], n, 20, -1), o[0][n - 1]);
  MEASURE("true_range", true_range(h, l, c, o[0], n), o[0][n - 1]);
  MEASURE("atr", atr(h, l, c, o[0], n, 14), o[0][n - 1]);
  MEASURE("macd", macd(c, o[0], o[1], o[2], o[3], n), o[2][n - 1]);
  MEASURE("bollinger", bollinger(c, o[0], o[1], o[2], o[3], n, 20), o[2][n - 1]);
  MEASURE("adx", adx(h, l, c, o[0], o[1], o[2], o[3], n, 14), o[0][n - 1]);
  MEASURE("rule", rule(c, in + 3 * n, in + 4 * n, in + 5 * n, in + 6 * n, holds, n),
          count_of(holds, n));
  printf("}\n");
  return 0;
}
