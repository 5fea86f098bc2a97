/* The kernel's loop in C: the same bars, signals and outputs as core/execution/kernel.ts.
 *
 * Usage: kernel FILE REPETITIONS, FILE as written by kernel-rival.ts, all little-endian:
 * int64 bars, int64 warm-up, float64 × 6: cash, fixed, rate, spread, margin, fraction,
 * then open high low close interleaved (float64), stops and targets of longs and shorts
 * (float64, one column after another), entries (int8), exits (uint8).
 * Fills at the next open, whole units, exclusive, sized by a fraction of equity.
 *
 * Prints the median milliseconds of a run, the round trips, and the last equity.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RULE, REVERSE, STOP, TARGET, RUIN };
enum { OPEN, HIGH, LOW, CLOSE };

typedef struct {
  int64_t bars, warmup;
  double cash, fixed, rate, spread, margin, fraction;
  const double *ohlc, *stop_long, *stop_short, *target_long, *target_short;
  const int8_t *entry;
  const uint8_t *exit;
} Job;

typedef struct {
  double *equity, *entry_price, *exit_price, *units, *profit, *commission;
  int32_t *entry_bar, *exit_bar;
  uint8_t *reason, *ambiguous;
  int64_t count;
} Out;

static double closed(const Job *job, Out *out, double cash, double units, double entry,
                     double entry_commission, int64_t entry_bar, int64_t bar, double price,
                     int reason, int ambiguous) {
  double commission = job->fixed + fabs(units) * price * job->rate;
  double gross = units * (price - entry);
  int64_t k = out->count++;
  out->entry_bar[k] = (int32_t)entry_bar;
  out->exit_bar[k] = (int32_t)bar;
  out->entry_price[k] = entry;
  out->exit_price[k] = price;
  out->units[k] = units;
  out->commission[k] = entry_commission + commission;
  out->profit[k] = gross - (entry_commission + commission);
  out->reason[k] = (uint8_t)reason;
  out->ambiguous[k] = (uint8_t)ambiguous;
  return cash + (gross - commission);
}

__attribute__((noinline)) static double run(const Job *job, Out *out) {
  const double *restrict ohlc = job->ohlc;
  const int8_t *restrict entries = job->entry;
  const uint8_t *restrict exits = job->exit;
  double *restrict equity = out->equity;
  const int64_t n = job->bars;
  double cash = job->cash, units = 0, entry = 0, stop = 0, target = 0, entry_commission = 0;
  int64_t i = 0, entry_bar = 0;
  int queued_close = -1, queued_entry = 0;
  out->count = 0;
  for (; i <= job->warmup && i < n; i++) equity[i] = cash;
  while (i < n) {
    if (queued_close >= 0) {
      cash = closed(job, out, cash, units, entry, entry_commission, entry_bar, i,
                    ohlc[4 * i + OPEN], queued_close, 0);
      units = 0;
      queued_close = -1;
    }
    if (queued_entry) {
      double price = ohlc[4 * i + OPEN], fill = price * (1 + queued_entry * job->spread);
      double size = floor(job->fraction * (cash - job->fixed) / job->margin /
                          (fill + price * job->rate));
      if (size > 0) {
        units = queued_entry * size;
        entry = fill;
        entry_bar = i;
        entry_commission = job->fixed + size * fill * job->rate;
        cash -= entry_commission;
        stop = (queued_entry > 0 ? job->stop_long : job->stop_short)[i - 1];
        target = (queued_entry > 0 ? job->target_long : job->target_short)[i - 1];
      }
      queued_entry = 0;
    }
    if (units == 0) {
      if (cash <= 0) {
        for (; i < n; i++) equity[i] = 0;
        break;
      }
      while (i < n && !entries[i]) equity[i++] = cash;
      if (i < n) {
        queued_entry = entries[i];
        equity[i++] = cash;
      }
    } else {
      const int is_long = units > 0;
      const uint8_t exit_bit = is_long ? 1 : 2;
      int reason = -1, stop_hit = 0, target_hit = 0;
      if (is_long) {
        for (; i < n; i++) {
          if (ohlc[4 * i + LOW] <= stop || ohlc[4 * i + HIGH] >= target) {
            stop_hit = ohlc[4 * i + LOW] <= stop;
            target_hit = ohlc[4 * i + HIGH] >= target;
            break;
          }
          double value = cash + units * (ohlc[4 * i + CLOSE] - entry);
          if (value <= 0) { reason = RUIN; break; }
          equity[i] = value;
          if (entries[i] | exits[i]) {
            if (exits[i] & exit_bit) queued_close = RULE;
            else if (entries[i]) queued_close = REVERSE;
            queued_entry = entries[i];
            if (queued_close >= 0) { i++; break; }
          }
        }
      } else {
        for (; i < n; i++) {
          if (ohlc[4 * i + HIGH] >= stop || ohlc[4 * i + LOW] <= target) {
            stop_hit = ohlc[4 * i + HIGH] >= stop;
            target_hit = ohlc[4 * i + LOW] <= target;
            break;
          }
          double value = cash + units * (ohlc[4 * i + CLOSE] - entry);
          if (value <= 0) { reason = RUIN; break; }
          equity[i] = value;
          if (entries[i] | exits[i]) {
            if (exits[i] & exit_bit) queued_close = RULE;
            else if (entries[i]) queued_close = REVERSE;
            queued_entry = entries[i];
            if (queued_close >= 0) { i++; break; }
          }
        }
      }
      if (stop_hit || target_hit) {
        double open = ohlc[4 * i + OPEN], level = stop_hit ? stop : target;
        int gapped = stop_hit == is_long ? open <= level : open >= level;
        cash = closed(job, out, cash, units, entry, entry_commission, entry_bar, i,
                      gapped ? open : level, stop_hit ? STOP : TARGET,
                      stop_hit && target_hit && !gapped);
        units = 0;
      } else if (reason == RUIN) {
        closed(job, out, cash, units, entry, entry_commission, entry_bar, i,
               ohlc[4 * i + CLOSE], RUIN, 0);
        for (; i < n; i++) equity[i] = 0;
      }
    }
  }
  return equity[n - 1];
}

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void *read_all(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) return NULL;
  long size = ftell(file);
  rewind(file);
  void *bytes = malloc((size_t)size);
  if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) return NULL;
  fclose(file);
  return bytes;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  char *at = read_all(argv[1]);
  int repetitions = atoi(argv[2]);
  if (!at || repetitions < 1) return 2;
  Job job;
  memcpy(&job, at, 2 * sizeof(int64_t) + 6 * sizeof(double));
  at += 2 * sizeof(int64_t) + 6 * sizeof(double);
  size_t n = (size_t)job.bars;
  const double *columns = (const double *)at;
  job.ohlc = columns;
  job.stop_long = columns + 4 * n;
  job.stop_short = columns + 5 * n;
  job.target_long = columns + 6 * n;
  job.target_short = columns + 7 * n;
  job.entry = (const int8_t *)(columns + 8 * n);
  job.exit = (const uint8_t *)(job.entry + n);
  Out out = {calloc(n, 8), calloc(n, 8), calloc(n, 8), calloc(n, 8), calloc(n, 8),
             calloc(n, 8), calloc(n, 4), calloc(n, 4), calloc(n, 1), calloc(n, 1), 0};
  double *times = calloc((size_t)repetitions, 8), last = 0;
  for (int k = 0; k < repetitions; k++) {
    double start = now_ms();
    last = run(&job, &out);
    times[k] = now_ms() - start;
  }
  qsort(times, (size_t)repetitions, 8, ascending);
  printf("{\"medianMs\":%.6f,\"roundTrips\":%lld,\"lastEquity\":%.17g}\n", times[repetitions / 2],
         (long long)out.count, last);
  return 0;
}
