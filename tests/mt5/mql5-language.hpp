// The part of MQL5's runtime that has no outside: texts, arrays, numbers, hashes. As strict as MQL5
// or stricter: arrays are bounds-checked and copied by ArrayCopy alone, new slots hold rubbish.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

typedef unsigned char uchar;
typedef long datetime;
static_assert(sizeof(long) == 8 && sizeof(int) == 4);

#define WHOLE_ARRAY (-1)
#define INVALID_HANDLE (-1)
#define CP_ACP 0
#define CP_UTF8 65001

[[noreturn]] inline void mql_die(const char *why) {
  fprintf(stderr, "MQL5 CRITICAL: %s\n", why);
  fflush(stderr);
  abort();
}

inline int mql_error = 0;
inline int GetLastError() { return mql_error; }
inline void ResetLastError() { mql_error = 0; }

// ---- texts: UTF-16, as there
inline std::u16string mql_wide(const std::string &s) {
  std::u16string out;
  for (size_t i = 0; i < s.size();) {
    uint32_t c = (uchar)s[i];
    int n = c < 0x80 ? 1 : (c >> 5) == 6 ? 2 : (c >> 4) == 14 ? 3 : (c >> 3) == 30 ? 4 : 0;
    uint32_t code = n == 1 ? c : n == 0 ? 0xFFFD : c & (0xFF >> (n + 1));
    bool is_good = n > 0 && i + n <= s.size();
    for (int k = 1; is_good && k < n; k++) {
      is_good = ((uchar)s[i + k] & 0xC0) == 0x80;
      code = code << 6 | ((uchar)s[i + k] & 0x3F);
    }
    if (!is_good) {
      out += u'\xFFFD';
      i++;
      continue;
    }
    i += n;
    if (code > 0xFFFF) {
      code -= 0x10000;
      out += char16_t(0xD800 + (code >> 10));
      out += char16_t(0xDC00 + (code & 0x3FF));
    } else {
      out += char16_t(code);
    }
  }
  return out;
}

inline std::string mql_narrow(const std::u16string &s) {
  std::string out;
  for (size_t i = 0; i < s.size(); i++) {
    uint32_t c = s[i];
    bool is_pair = c >= 0xD800 && c < 0xDC00 && i + 1 < s.size() && s[i + 1] >= 0xDC00 && s[i + 1] <= 0xDFFF;
    if (is_pair) c = 0x10000 + ((c - 0xD800) << 10) + (s[++i] - 0xDC00);
    else if (c >= 0xD800 && c <= 0xDFFF) c = 0xFFFD;
    if (c < 0x80) out += char(c);
    else if (c < 0x800) {
      out += char(0xC0 | c >> 6);
      out += char(0x80 | (c & 63));
    } else if (c < 0x10000) {
      out += char(0xE0 | c >> 12);
      out += char(0x80 | (c >> 6 & 63));
      out += char(0x80 | (c & 63));
    } else {
      out += char(0xF0 | c >> 18);
      out += char(0x80 | (c >> 12 & 63));
      out += char(0x80 | (c >> 6 & 63));
      out += char(0x80 | (c & 63));
    }
  }
  return out;
}

class string {
public:
  std::u16string s;
  string() {}
  explicit string(const std::u16string &x) : s(x) {}
  explicit string(const std::string &x) : s(mql_wide(x)) {}
  std::string narrow() const { return mql_narrow(s); }
  string &operator+=(const string &o) {
    s += o.s;
    return *this;
  }
  friend string operator+(const string &a, const string &b) { return string(a.s + b.s); }
  friend bool operator==(const string &a, const string &b) { return a.s == b.s; }
  friend bool operator!=(const string &a, const string &b) { return a.s != b.s; }
};
inline string operator""_s(const char *p, size_t n) { return string(std::string(p, n)); }

// ---- arrays
template <class T> void mql_poison(std::vector<T> &v, size_t from) {
  if constexpr (std::is_trivially_copyable_v<T>) {
    if (v.size() > from) memset((void *)(v.data() + from), 0xCD, (v.size() - from) * sizeof(T));
  }
}

template <class T> class MqlArr {
public:
  std::vector<T> v;
  bool is_fixed = false;
  MqlArr() {}
  MqlArr(const MqlArr &) = delete;
  MqlArr &operator=(const MqlArr &) = delete;
  T &operator[](long i) {
    if (i < 0 || (size_t)i >= v.size()) mql_die("array out of range");
    return v[i];
  }
  const T &operator[](long i) const {
    if (i < 0 || (size_t)i >= v.size()) mql_die("array out of range");
    return v[i];
  }
};
template <class T, int N> class MqlFix : public MqlArr<T> {
public:
  MqlFix() {
    this->v.resize(N);
    mql_poison(this->v, 0);
    this->is_fixed = true;
  }
};
template <class T> int ArraySize(const MqlArr<T> &a) { return (int)a.v.size(); }
template <class T> int ArrayResize(MqlArr<T> &a, int n, int = 0) {
  if (n < 0 || a.is_fixed) return -1;
  size_t before = a.v.size();
  a.v.resize(n);
  mql_poison(a.v, before);
  return n;
}
template <class T, class U> int ArrayInitialize(MqlArr<T> &a, U x) {
  for (auto &one : a.v) one = (T)x;
  return (int)a.v.size();
}
template <class T> bool ArrayRemove(MqlArr<T> &a, int from, int count = WHOLE_ARRAY) {
  if (a.is_fixed || from < 0 || from > (int)a.v.size()) return false;
  if (count < 0 || from + count > (int)a.v.size()) count = (int)a.v.size() - from;
  a.v.erase(a.v.begin() + from, a.v.begin() + from + count);
  return true;
}
template <class T>
int ArrayCopy(MqlArr<T> &to, const MqlArr<T> &from, int at = 0, int start = 0, int count = WHOLE_ARRAY) {
  int n = (int)from.v.size() - start;
  if (count >= 0 && count < n) n = count;
  if (n <= 0) return 0;
  std::vector<T> part(from.v.begin() + start, from.v.begin() + start + n);
  if ((int)to.v.size() < at + n) {
    if (to.is_fixed) n = (int)to.v.size() - at;
    else to.v.resize(at + n);
  }
  for (int i = 0; i < n; i++) to.v[at + i] = part[i];
  return n;
}
template <class T> void ZeroMemory(T &x) { x = T(); }

// ---- numbers. Both arguments of one type: MQL5 would take the wider, C++ cannot say which.
template <class T> T MathMin(T a, T b) { return a < b ? a : b; }
template <class T> T MathMax(T a, T b) { return a > b ? a : b; }
inline long MathMax(int a, long b) { return a > b ? a : b; }
inline double MathAbs(double x) { return fabs(x); }
inline double MathPow(double x, double y) { return pow(x, y); }
inline double MathFloor(double x) { return floor(x); }
inline double MathRound(double x) { return round(x); }
inline bool MathIsValidNumber(double x) { return std::isfinite(x); }
inline double NormalizeDouble(double x, int digits) {
  char text[400];
  snprintf(text, sizeof text, "%.*f", digits, x);
  return strtod(text, nullptr);
}
inline void MathSrand(int seed) { srand(seed); }
inline int MathRand() { return rand() & 0x7FFF; }

// ---- writing and reading
template <class A> std::string mql_text(const A &x) {
  if constexpr (std::is_same_v<A, string>) return x.narrow();
  else if constexpr (std::is_same_v<A, bool>) return x ? "true" : "false";
  else if constexpr (std::is_floating_point_v<A>) return std::to_string(x);
  else return std::to_string((long long)x);
}
template <class... A> void Print(const A &...a) {
  std::string out;
  ((out += mql_text(a)), ...);
  fprintf(stderr, "%s\n", out.c_str());
  fflush(stderr);
}
// One value a format: what is used here, checked as MetaTrader does not.
template <class A> string StringFormat(const string &format, const A &value) {
  std::string f = format.narrow();
  char kind = f.back();
  bool is_wide = f.find("I64") != std::string::npos;
  if (f.empty() || f[0] != '%' || f.find('%', 1) != std::string::npos) mql_die("format: one value");
  std::string spec = f.substr(0, f.size() - (is_wide ? 4 : 1));
  char out[512];
  if constexpr (std::is_floating_point_v<A>) {
    if (!strchr("feg", kind)) mql_die("format: a double for an integer");
    snprintf(out, sizeof out, (spec + kind).c_str(), (double)value);
  } else {
    static_assert(std::is_integral_v<A>, "format: a number");
    if (!strchr("dux", kind)) mql_die("format: an integer for another");
    if (is_wide != (sizeof(A) == 8)) mql_die("format: 64 bits need I64");
    if (kind == 'd') snprintf(out, sizeof out, (spec + "lld").c_str(), (long long)value);
    else snprintf(out, sizeof out, (spec + "ll" + kind).c_str(), (unsigned long long)value);
  }
  return string(std::string(out));
}
inline int StringLen(const string &s) { return (int)s.s.size(); }
inline ushort StringGetCharacter(const string &s, int i) {
  if (i < 0 || i >= (int)s.s.size()) mql_die("character out of range");
  return s.s[i];
}
inline string StringSubstr(const string &s, int from, int count = -1) {
  if (from < 0 || from >= (int)s.s.size() || count == 0) return string();
  return string(s.s.substr(from, count < 0 ? std::u16string::npos : (size_t)count));
}
inline int StringFind(const string &s, const string &what, int from = 0) {
  auto at = s.s.find(what.s, from);
  return at == std::u16string::npos ? -1 : (int)at;
}
inline string ShortToString(ushort c) {
  if (c == 0) mql_die("a zero ends a text");
  return string(std::u16string(1, (char16_t)c));
}
inline string IntegerToString(long v) { return string(std::to_string(v)); }
inline string DoubleToString(double v, int digits) {
  if (digits > 8) mql_die("DoubleToString has at most 8 digits with point");
  char out[400];
  snprintf(out, sizeof out, "%.*f", digits, v);
  return string(std::string(out));
}
inline long StringToInteger(const string &s) { return strtoll(s.narrow().c_str(), nullptr, 10); }
inline double StringToDouble(const string &s) { return strtod(s.narrow().c_str(), nullptr); }
inline bool StringToLower(string &s) {
  for (auto &c : s.s) if (c >= 'A' && c <= 'Z') c += 32;
  return true;
}
inline bool mql_space(char16_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
inline int StringTrimLeft(string &s) {
  int n = 0;
  while (n < (int)s.s.size() && mql_space(s.s[n])) n++;
  s.s.erase(0, n);
  return n;
}
inline int StringTrimRight(string &s) {
  int n = 0;
  while (!s.s.empty() && mql_space(s.s.back())) s.s.pop_back(), n++;
  return n;
}
inline int StringSplit(const string &s, ushort by, MqlArr<string> &out) {
  out.v.clear();
  std::u16string part;
  for (char16_t c : s.s) {
    if (c == by) out.v.push_back(string(part)), part.clear();
    else part += c;
  }
  out.v.push_back(string(part));
  return (int)out.v.size();
}
inline int StringToCharArray(const string &s, MqlArr<uchar> &a, int at, int count, uint page) {
  if (page != CP_UTF8 || count != WHOLE_ARRAY) mql_die("StringToCharArray: UTF-8, all of it");
  std::string bytes = s.narrow();
  bytes.push_back(0);
  if (a.v.size() < at + bytes.size()) a.v.resize(at + bytes.size());
  for (size_t i = 0; i < bytes.size(); i++) a.v[at + i] = (uchar)bytes[i];
  return (int)bytes.size();
}
// Its array is not said to be constant there.
inline string CharArrayToString(MqlArr<uchar> &a, int from, int count, uint page) {
  if (page != CP_UTF8) mql_die("CharArrayToString: UTF-8");
  int n = (int)a.v.size() - from;
  if (count >= 0 && count < n) n = count;
  if (n <= 0) return string();
  std::string bytes((const char *)a.v.data() + from, n);
  auto zero = bytes.find('\0');
  return string(zero == std::string::npos ? bytes : bytes.substr(0, zero));
}

// ---- hashes
enum ENUM_CRYPT_METHOD { CRYPT_BASE64, CRYPT_HASH_SHA1, CRYPT_HASH_SHA256 };
inline uint32_t mql_left(uint32_t x, int n) { return x << n | x >> (32 - n); }
inline uint32_t mql_right(uint32_t x, int n) { return x >> n | x << (32 - n); }
inline uint32_t mql_word(const uchar *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
inline std::vector<uchar> mql_padded(std::vector<uchar> m) {
  uint64_t bits = m.size() * 8;
  m.push_back(0x80);
  while (m.size() % 64 != 56) m.push_back(0);
  for (int i = 7; i >= 0; i--) m.push_back((uchar)(bits >> (8 * i)));
  return m;
}
template <int N> std::vector<uchar> mql_digest(const uint32_t (&h)[N]) {
  std::vector<uchar> out;
  for (uint32_t x : h) for (int i = 3; i >= 0; i--) out.push_back((uchar)(x >> (8 * i)));
  return out;
}
inline std::vector<uchar> mql_sha1(const std::vector<uchar> &in) {
  auto m = mql_padded(in);
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  for (size_t o = 0; o < m.size(); o += 64) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++) w[i] = mql_word(&m[o + 4 * i]);
    for (int i = 16; i < 80; i++) w[i] = mql_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 80; i++) {
      uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      uint32_t k = i < 20 ? 0x5A827999 : i < 40 ? 0x6ED9EBA1 : i < 60 ? 0x8F1BBCDC : 0xCA62C1D6;
      uint32_t t = mql_left(a, 5) + f + e + k + w[i];
      e = d, d = c, c = mql_left(b, 30), b = a, a = t;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  return mql_digest(h);
}
inline const uint32_t *mql_sha256_constants() {
  static uint32_t k[64];
  static int n = 0;
  for (int p = 2; n < 64; p++) {
    bool is_prime = true;
    for (int q = 2; q * q <= p; q++) if (p % q == 0) is_prime = false;
    long double root = cbrtl((long double)p);
    if (is_prime) k[n++] = (uint32_t)((root - floorl(root)) * 4294967296.0L);
  }
  return k;
}
inline std::vector<uchar> mql_sha256(const std::vector<uchar> &in) {
  static const uint32_t *k = mql_sha256_constants();
  auto m = mql_padded(in);
  uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  for (size_t o = 0; o < m.size(); o += 64) {
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++) w[i] = mql_word(&m[o + 4 * i]);
    for (int i = 16; i < 64; i++) {
      uint32_t x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + (mql_right(x, 7) ^ mql_right(x, 18) ^ x >> 3) + w[i - 7] + (mql_right(y, 17) ^ mql_right(y, 19) ^ y >> 10);
    }
    memcpy(v, h, sizeof v);
    for (int i = 0; i < 64; i++) {
      uint32_t s1 = mql_right(v[4], 6) ^ mql_right(v[4], 11) ^ mql_right(v[4], 25);
      uint32_t s0 = mql_right(v[0], 2) ^ mql_right(v[0], 13) ^ mql_right(v[0], 22);
      uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
      uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
      for (int q = 7; q > 0; q--) v[q] = v[q - 1];
      v[4] += t1;
      v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) h[i] += v[i];
  }
  return mql_digest(h);
}
inline std::vector<uchar> mql_base64(const std::vector<uchar> &d) {
  static const char *letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<uchar> out;
  for (size_t i = 0; i < d.size(); i += 3) {
    size_t left = d.size() - i;
    uint32_t x = (uint32_t)d[i] << 16 | (left > 1 ? (uint32_t)d[i + 1] << 8 : 0) | (left > 2 ? d[i + 2] : 0);
    out.push_back(letters[x >> 18]);
    out.push_back(letters[x >> 12 & 63]);
    out.push_back(left > 1 ? letters[x >> 6 & 63] : '=');
    out.push_back(left > 2 ? letters[x & 63] : '=');
  }
  return out;
}
inline int CryptEncode(ENUM_CRYPT_METHOD method, const MqlArr<uchar> &data, const MqlArr<uchar> &key, MqlArr<uchar> &out) {
  if (data.v.empty() || !key.v.empty()) return 0;
  out.v = method == CRYPT_BASE64 ? mql_base64(data.v) : method == CRYPT_HASH_SHA1 ? mql_sha1(data.v) : mql_sha256(data.v);
  return (int)out.v.size();
}
