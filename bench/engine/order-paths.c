/* The same in plain C: round trips shuffled and drawn again, one path after another. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint32_t state;

static uint32_t number(void) {
  uint32_t t = state += 0x6d2b79f5;
  t = (t ^ (t >> 15)) * (t | 1);
  t ^= t + (t ^ (t >> 7)) * (t | 61);
  return t ^ (t >> 14);
}

/* 0 ... bound - 1 */
static uint32_t below(uint32_t bound) { return (uint64_t)number() * bound >> 32; }

static double fall(const double *factors, int count) {
  double value = 1, peak = 1, deepest = 0;
  for (int k = 0; k < count; k++) {
    value *= factors[k];
    if (value > peak) peak = value;
    else if (1 - value / peak > deepest) deepest = 1 - value / peak;
  }
  return deepest;
}

static void walk(const double *factors, double *order, int count, int runs, double *falls, double *growths) {
  for (int run = 0; run < runs; run++) {
    memcpy(order, factors, count * sizeof *order);
    for (int i = count - 1; i > 0; i--) {
      uint32_t j = below(i + 1);
      double held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    falls[run] = fall(order, count);
    double growth = 1;
    for (int k = 0; k < count; k++) growth *= factors[below(count)];
    growths[run] = growth;
  }
}

static double seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

/* argv: file of doubles, how many, paths, seed. Prints milliseconds, sum of falls, sum of growths. */
int main(int argc, char **argv) {
  if (argc != 5) return 1;
  int count = atoi(argv[2]), runs = atoi(argv[3]);
  state = (uint32_t)strtoul(argv[4], NULL, 10);
  FILE *file = fopen(argv[1], "rb");
  double *factors = malloc(count * 8), *order = malloc(count * 8);
  double *falls = malloc(runs * 8), *growths = malloc(runs * 8);
  if (!file || fread(factors, 8, count, file) != (size_t)count) return 1;
  double start = seconds_now();
  walk(factors, order, count, runs, falls, growths);
  double took = seconds_now() - start;
  double fell = 0, grew = 0;
  for (int run = 0; run < runs; run++) fell += falls[run], grew += growths[run];
  printf("%.9f %.17g %.17g\n", took * 1000, fell, grew);
  return 0;
}
