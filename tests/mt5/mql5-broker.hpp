// MQL5's trade functions over a broker that another process keeps; see `broker-server.ts`.
//
// A request is a line of fields parted by tabs; the answer is lines, the last of them `.`.
#pragma once
#include <cstddef>
#include <deque>
#include <sys/un.h>
#include "mql5-outside.hpp"

// ---- the names of MQL5, with its numbers where the program may rely on them
enum ENUM_TRADE_REQUEST_ACTIONS { TRADE_ACTION_NONE = 0, TRADE_ACTION_DEAL = 1, TRADE_ACTION_PENDING = 5, TRADE_ACTION_SLTP = 6, TRADE_ACTION_MODIFY = 7, TRADE_ACTION_REMOVE = 8, TRADE_ACTION_CLOSE_BY = 10 };
enum ENUM_ORDER_TYPE { ORDER_TYPE_BUY, ORDER_TYPE_SELL, ORDER_TYPE_BUY_LIMIT, ORDER_TYPE_SELL_LIMIT, ORDER_TYPE_BUY_STOP, ORDER_TYPE_SELL_STOP, ORDER_TYPE_BUY_STOP_LIMIT, ORDER_TYPE_SELL_STOP_LIMIT, ORDER_TYPE_CLOSE_BY };
enum ENUM_ORDER_TYPE_FILLING { ORDER_FILLING_FOK, ORDER_FILLING_IOC, ORDER_FILLING_RETURN };
enum ENUM_ORDER_TYPE_TIME { ORDER_TIME_GTC, ORDER_TIME_DAY, ORDER_TIME_SPECIFIED, ORDER_TIME_SPECIFIED_DAY };
enum ENUM_ORDER_STATE { ORDER_STATE_STARTED, ORDER_STATE_PLACED, ORDER_STATE_CANCELED, ORDER_STATE_PARTIAL, ORDER_STATE_FILLED, ORDER_STATE_REJECTED, ORDER_STATE_EXPIRED };
enum ENUM_ORDER_REASON { ORDER_REASON_CLIENT, ORDER_REASON_MOBILE, ORDER_REASON_WEB, ORDER_REASON_EXPERT, ORDER_REASON_SL, ORDER_REASON_TP, ORDER_REASON_SO };
enum ENUM_POSITION_TYPE { POSITION_TYPE_BUY, POSITION_TYPE_SELL };
enum ENUM_DEAL_TYPE { DEAL_TYPE_BUY, DEAL_TYPE_SELL, DEAL_TYPE_BALANCE, DEAL_TYPE_CREDIT, DEAL_TYPE_CHARGE, DEAL_TYPE_CORRECTION, DEAL_TYPE_BONUS, DEAL_TYPE_COMMISSION, DEAL_TYPE_COMMISSION_DAILY, DEAL_TYPE_COMMISSION_MONTHLY, DEAL_TYPE_INTEREST };
enum ENUM_DEAL_ENTRY { DEAL_ENTRY_IN, DEAL_ENTRY_OUT, DEAL_ENTRY_INOUT, DEAL_ENTRY_OUT_BY };
enum ENUM_DEAL_REASON { DEAL_REASON_CLIENT, DEAL_REASON_MOBILE, DEAL_REASON_WEB, DEAL_REASON_EXPERT, DEAL_REASON_SL, DEAL_REASON_TP, DEAL_REASON_SO };
enum ENUM_ACCOUNT_MARGIN_MODE { ACCOUNT_MARGIN_MODE_RETAIL_NETTING, ACCOUNT_MARGIN_MODE_EXCHANGE, ACCOUNT_MARGIN_MODE_RETAIL_HEDGING };
enum ENUM_ACCOUNT_TRADE_MODE { ACCOUNT_TRADE_MODE_DEMO, ACCOUNT_TRADE_MODE_CONTEST, ACCOUNT_TRADE_MODE_REAL };
enum ENUM_SYMBOL_TRADE_MODE { SYMBOL_TRADE_MODE_DISABLED, SYMBOL_TRADE_MODE_LONGONLY, SYMBOL_TRADE_MODE_SHORTONLY, SYMBOL_TRADE_MODE_CLOSEONLY, SYMBOL_TRADE_MODE_FULL };
enum ENUM_SYMBOL_TRADE_EXECUTION { SYMBOL_TRADE_EXECUTION_REQUEST, SYMBOL_TRADE_EXECUTION_INSTANT, SYMBOL_TRADE_EXECUTION_MARKET, SYMBOL_TRADE_EXECUTION_EXCHANGE };
enum ENUM_TRADE_TRANSACTION_TYPE { TRADE_TRANSACTION_ORDER_ADD, TRADE_TRANSACTION_DEAL_ADD, TRADE_TRANSACTION_POSITION };
enum ENUM_INIT_RETCODE { INIT_SUCCEEDED, INIT_FAILED, INIT_PARAMETERS_INCORRECT };
enum ENUM_TIMEFRAMES { PERIOD_CURRENT = 0, PERIOD_M1 = 1, PERIOD_M2 = 2, PERIOD_M3 = 3, PERIOD_M4 = 4, PERIOD_M5 = 5, PERIOD_M6 = 6, PERIOD_M10 = 10, PERIOD_M12 = 12, PERIOD_M15 = 15, PERIOD_M20 = 20, PERIOD_M30 = 30, PERIOD_H1 = 0x4001, PERIOD_H2 = 0x4002, PERIOD_H3 = 0x4003, PERIOD_H4 = 0x4004, PERIOD_H6 = 0x4006, PERIOD_H8 = 0x4008, PERIOD_H12 = 0x400C, PERIOD_D1 = 0x4018, PERIOD_W1 = 0x8001, PERIOD_MN1 = 0xC001 };
enum ENUM_SERIES_INFO_INTEGER { SERIES_BARS_COUNT, SERIES_FIRSTDATE, SERIES_LASTBAR_DATE, SERIES_SERVER_FIRSTDATE, SERIES_TERMINAL_FIRSTDATE, SERIES_SYNCHRONIZED };
enum ENUM_MA_METHOD { MODE_SMA };
enum ENUM_APPLIED_PRICE { PRICE_CLOSE = 1 };
#define SYMBOL_FILLING_FOK 1
#define SYMBOL_FILLING_IOC 2
#define SYMBOL_EXPIRATION_SPECIFIED 4
#define REASON_REMOVE 1
#define REASON_INITFAILED 8
enum ENUM_TERMINAL_INFO_INTEGER { TERMINAL_CONNECTED, TERMINAL_TRADE_ALLOWED, TERMINAL_PING_LAST, TERMINAL_BUILD };
enum ENUM_MQL_INFO_INTEGER { MQL_TRADE_ALLOWED, MQL_TESTER };
// Properties are the places of their fields in the broker's lines; see `broker-lines.ts`.
enum ENUM_ACCOUNT_INFO_STRING { ACCOUNT_SERVER = 2, ACCOUNT_CURRENCY = 3 };
enum ENUM_ACCOUNT_INFO_INTEGER { ACCOUNT_LOGIN = 1, ACCOUNT_LEVERAGE = 4, ACCOUNT_MARGIN_MODE = 5, ACCOUNT_TRADE_MODE = 6, ACCOUNT_TRADE_ALLOWED = 7, ACCOUNT_TRADE_EXPERT = 8 };
enum ENUM_ACCOUNT_INFO_DOUBLE { ACCOUNT_BALANCE = 9, ACCOUNT_EQUITY = 10, ACCOUNT_MARGIN = 11, ACCOUNT_MARGIN_FREE = 12 };
enum ENUM_SYMBOL_INFO_STRING { SYMBOL_DESCRIPTION = 2 };
enum ENUM_SYMBOL_INFO_INTEGER { SYMBOL_DIGITS = 3, SYMBOL_TRADE_STOPS_LEVEL = 11, SYMBOL_TRADE_FREEZE_LEVEL = 12, SYMBOL_TRADE_MODE = 16, SYMBOL_FILLING_MODE = 17, SYMBOL_TRADE_EXEMODE = 18, SYMBOL_EXPIRATION_MODE = 19 };
enum ENUM_SYMBOL_INFO_DOUBLE { SYMBOL_POINT = 4, SYMBOL_TRADE_TICK_SIZE = 5, SYMBOL_TRADE_TICK_VALUE = 6, SYMBOL_TRADE_TICK_VALUE_LOSS = 6 + 100, SYMBOL_TRADE_CONTRACT_SIZE = 7, SYMBOL_VOLUME_MIN = 8, SYMBOL_VOLUME_MAX = 9, SYMBOL_VOLUME_STEP = 10, SYMBOL_SWAP_LONG = 14, SYMBOL_SWAP_SHORT = 15, SYMBOL_BID = 20, SYMBOL_ASK = 21 };
enum ENUM_POSITION_PROPERTY_INTEGER { POSITION_IDENTIFIER = 2, POSITION_TYPE = 4, POSITION_TIME_MSC = 7, POSITION_MAGIC = 12 };
enum ENUM_POSITION_PROPERTY_DOUBLE { POSITION_VOLUME = 5, POSITION_PRICE_OPEN = 6, POSITION_SL = 8, POSITION_TP = 9, POSITION_SWAP = 10, POSITION_PROFIT = 11 };
enum ENUM_POSITION_PROPERTY_STRING { POSITION_SYMBOL = 3, POSITION_COMMENT = 13 };
enum ENUM_ORDER_PROPERTY_INTEGER { ORDER_TYPE = 3, ORDER_TIME_EXPIRATION = 10, ORDER_TIME_SETUP_MSC = 11, ORDER_MAGIC = 12, ORDER_STATE = 14, ORDER_POSITION_ID = 15, ORDER_REASON = 16, ORDER_TYPE_FILLING = 17 };
enum ENUM_ORDER_PROPERTY_DOUBLE { ORDER_VOLUME_INITIAL = 4, ORDER_VOLUME_CURRENT = 5, ORDER_PRICE_OPEN = 6, ORDER_PRICE_STOPLIMIT = 7, ORDER_SL = 8, ORDER_TP = 9 };
enum ENUM_ORDER_PROPERTY_STRING { ORDER_SYMBOL = 2, ORDER_COMMENT = 13 };
enum ENUM_DEAL_PROPERTY_INTEGER { DEAL_ORDER = 2, DEAL_POSITION_ID = 3, DEAL_TYPE = 5, DEAL_ENTRY = 6, DEAL_MAGIC = 13, DEAL_TIME_MSC = 15, DEAL_REASON = 16 };
enum ENUM_DEAL_PROPERTY_DOUBLE { DEAL_VOLUME = 7, DEAL_PRICE = 8, DEAL_COMMISSION = 9, DEAL_FEE = 10, DEAL_SWAP = 11, DEAL_PROFIT = 12 };
enum ENUM_DEAL_PROPERTY_STRING { DEAL_SYMBOL = 4, DEAL_COMMENT = 14 };
struct MqlTradeRequest {
  ENUM_TRADE_REQUEST_ACTIONS action{};
  ulong magic{}, order{};
  string symbol;
  double volume{}, price{}, stoplimit{}, sl{}, tp{};
  ulong deviation{};
  ENUM_ORDER_TYPE type{};
  ENUM_ORDER_TYPE_FILLING type_filling{};
  ENUM_ORDER_TYPE_TIME type_time{};
  datetime expiration{};
  string comment;
  ulong position{}, position_by{};
};
struct MqlTradeResult {
  uint retcode{};
  ulong deal{}, order{};
  double volume{}, price{}, bid{}, ask{};
  string comment;
};
struct MqlTradeTransaction {
  ulong deal{}, order{};
  string symbol;
  ENUM_TRADE_TRANSACTION_TYPE type{};
};
struct MqlRates {
  datetime time{};
  double open{}, high{}, low{}, close{};
  long tick_volume{};
  int spread{};
  long real_volume{};
};
struct MqlTick {
  datetime time{};
  double bid{}, ask{};
  long time_msc{};
};

// ---- the broker's process
typedef std::vector<std::string> MqlLine;
inline int mql_broker = -1;
inline std::string mql_unread;
inline MqlLine mql_split(const std::string &text) {
  MqlLine out(1);
  for (char c : text) {
    if (c == '\t') out.emplace_back();
    else out.back() += c;
  }
  return out;
}
// Without its broker a terminal is of no use to a test: it ends, and so tells.
[[noreturn]] inline void mql_orphan() { _exit(75); }
inline void mql_connect_broker() {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  snprintf(at.sun_path, sizeof at.sun_path, "%s", mql_setting("MQL_BROKER"));
  mql_broker = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(mql_broker, (sockaddr *)&at, sizeof at) != 0) mql_orphan();
}
inline std::vector<MqlLine> mql_ask(const std::string &request) {
  std::string line = request + "\n";
  for (size_t sent = 0; sent < line.size();) {
    ssize_t got = send(mql_broker, line.data() + sent, line.size() - sent, MSG_NOSIGNAL);
    if (got <= 0) mql_orphan();
    sent += got;
  }
  std::vector<MqlLine> lines;
  for (;;) {
    size_t from = 0;
    for (size_t end = mql_unread.find('\n', from); end != std::string::npos; end = mql_unread.find('\n', from)) {
      std::string one = mql_unread.substr(from, end - from);
      from = end + 1;
      if (one == ".") {
        mql_unread.erase(0, from);
        return lines;
      }
      lines.push_back(mql_split(one));
    }
    mql_unread.erase(0, from);
    char bytes[65536];
    ssize_t got = recv(mql_broker, bytes, sizeof bytes, 0);
    if (got <= 0) mql_orphan();
    mql_unread.append(bytes, got);
  }
}

// ---- what the terminal holds of it
inline MqlLine mql_world, mql_account;
inline std::vector<MqlLine> mql_symbols, mql_positions, mql_orders, mql_history_orders, mql_history_deals;
inline std::deque<MqlTradeTransaction> mql_transactions;
inline uint64_t mql_pulled_us = 0;
inline const MqlLine *mql_position = nullptr, *mql_order = nullptr;
inline const std::string &mql_field(const MqlLine &line, int place) {
  if (place < 0 || place >= (int)line.size()) mql_die("no such property");
  return line[place];
}
inline long mql_whole(const MqlLine &line, int place) { return (long)strtoull(mql_field(line, place).c_str(), nullptr, 10); }
inline double mql_real(const MqlLine &line, int place) { return strtod(mql_field(line, place).c_str(), nullptr); }
inline string mql_word_at(const MqlLine &line, int place) { return string(mql_field(line, place)); }
inline const MqlLine *mql_of(const std::vector<MqlLine> &lines, const std::string &key) {
  for (const auto &line : lines) if (line[1] == key) return &line;
  return nullptr;
}
inline void mql_pull() {
  std::string version = mql_world.empty() ? "-1" : mql_world[1];
  auto lines = mql_ask("pull\t" + version);
  if (lines.empty()) return;
  bool is_new = lines[0][1] != version;
  mql_world = lines[0];
  mql_pulled_us = mql_now_us();
  if (is_new) mql_symbols.clear(), mql_positions.clear(), mql_orders.clear();
  mql_position = mql_order = nullptr;
  for (size_t i = 1; i < lines.size(); i++) {
    const auto &line = lines[i];
    if (line[0] == "a") mql_account = line;
    if (line[0] == "s") mql_symbols.push_back(line);
    if (line[0] == "p") mql_positions.push_back(line);
    if (line[0] == "o") mql_orders.push_back(line);
    if (line[0] == "e") mql_transactions.push_back(MqlTradeTransaction());
  }
}
inline datetime TimeTradeServer() {
  long server_ms = mql_world.empty() ? 0 : mql_whole(mql_world, 2);
  return (server_ms + (long)(mql_now_us() - mql_pulled_us) / 1000) / 1000;
}
inline long TerminalInfoInteger(ENUM_TERMINAL_INFO_INTEGER property) {
  if (property == TERMINAL_CONNECTED) return mql_whole(mql_world, 3);
  if (property == TERMINAL_PING_LAST) return mql_whole(mql_world, 4);
  if (property == TERMINAL_TRADE_ALLOWED) return mql_whole(mql_world, 5);
  return 5000;
}
inline long MQLInfoInteger(ENUM_MQL_INFO_INTEGER property) { return property == MQL_TRADE_ALLOWED; }
inline long AccountInfoInteger(ENUM_ACCOUNT_INFO_INTEGER p) { return mql_whole(mql_account, p); }
inline double AccountInfoDouble(ENUM_ACCOUNT_INFO_DOUBLE p) { return mql_real(mql_account, p); }
inline string AccountInfoString(ENUM_ACCOUNT_INFO_STRING p) { return mql_word_at(mql_account, p); }
inline int SymbolsTotal(bool) { return (int)mql_symbols.size(); }
inline string SymbolName(int i, bool) { return mql_word_at(mql_symbols.at(i), 1); }
inline bool SymbolSelect(const string &symbol, bool) { return mql_of(mql_symbols, symbol.narrow()) != nullptr; }
inline double SymbolInfoDouble(const string &symbol, ENUM_SYMBOL_INFO_DOUBLE p) {
  auto *line = mql_of(mql_symbols, symbol.narrow());
  return line ? mql_real(*line, p % 100) : 0.0;
}
inline long SymbolInfoInteger(const string &symbol, ENUM_SYMBOL_INFO_INTEGER p) {
  auto *line = mql_of(mql_symbols, symbol.narrow());
  return line ? mql_whole(*line, p) : 0;
}
inline string SymbolInfoString(const string &symbol, ENUM_SYMBOL_INFO_STRING p) {
  auto *line = mql_of(mql_symbols, symbol.narrow());
  return line ? mql_word_at(*line, p) : string();
}
inline bool SymbolInfoTick(const string &symbol, MqlTick &tick) {
  auto *line = mql_of(mql_symbols, symbol.narrow());
  tick = MqlTick();
  if (!line) return false;
  tick.bid = mql_real(*line, SYMBOL_BID);
  tick.ask = mql_real(*line, SYMBOL_ASK);
  tick.time_msc = mql_whole(*line, 22);
  return true;
}
inline bool OrderCalcMargin(ENUM_ORDER_TYPE, const string &symbol, double lots, double, double &margin) {
  auto *line = mql_of(mql_symbols, symbol.narrow());
  if (line) margin = lots * mql_real(*line, 13);
  return line != nullptr;
}

// ---- past prices. They are loaded beside, a while after an indicator asked for them; a program
// that reads what is not loaded would stand still, and is ended here.
struct MqlSeries {
  uint64_t ready_us = 0;
  std::vector<MqlLine> lines;
};
inline std::map<std::string, MqlSeries> mql_series;
inline std::string mql_series_name(const string &symbol, ENUM_TIMEFRAMES period) { return symbol.narrow() + "\t" + std::to_string((int)period); }
inline MqlSeries *mql_ready(const string &symbol, ENUM_TIMEFRAMES period) {
  auto found = mql_series.find(mql_series_name(symbol, period));
  return found != mql_series.end() && mql_now_us() >= found->second.ready_us ? &found->second : nullptr;
}
inline int iMA(const string &symbol, ENUM_TIMEFRAMES period, int, int, ENUM_MA_METHOD, ENUM_APPLIED_PRICE) {
  std::string name = mql_series_name(symbol, period);
  if (mql_series.count(name) == 0) mql_series[name].ready_us = mql_now_us() + 200000;
  return 10;
}
inline bool IndicatorRelease(int) { return true; }
inline long SeriesInfoInteger(const string &symbol, ENUM_TIMEFRAMES period, ENUM_SERIES_INFO_INTEGER) { return mql_ready(symbol, period) != nullptr; }
inline int Bars(const string &symbol, ENUM_TIMEFRAMES period) {
  auto *ready = mql_ready(symbol, period);
  if (!ready) return 0;
  // Newest first, as positions count.
  ready->lines = mql_ask("rates\t" + mql_series_name(symbol, period));
  return (int)ready->lines.size();
}
inline int iBarShift(const string &symbol, ENUM_TIMEFRAMES period, datetime time, bool) {
  auto *ready = mql_ready(symbol, period);
  if (!ready) mql_die("iBarShift of what is not loaded");
  int count = (int)ready->lines.size();
  for (int i = 0; i < count; i++) if (mql_whole(ready->lines[i], 1) <= time) return i;
  return count - 1;
}
inline int CopyRates(const string &symbol, ENUM_TIMEFRAMES period, int from, int count, MqlArr<MqlRates> &rates) {
  auto *ready = mql_ready(symbol, period);
  if (!ready || from < 0 || count < 1 || from + count > (int)ready->lines.size()) mql_die("CopyRates would wait for the history");
  ArrayResize(rates, count);
  for (int i = 0; i < count; i++) {
    const auto &line = ready->lines[from + count - 1 - i];
    rates[i].time = mql_whole(line, 1);
    rates[i].open = mql_real(line, 2), rates[i].high = mql_real(line, 3);
    rates[i].low = mql_real(line, 4), rates[i].close = mql_real(line, 5);
    rates[i].tick_volume = mql_whole(line, 6);
  }
  return count;
}

// ---- positions, orders, history. What was selected is of the last selection.
inline int PositionsTotal() { return (int)mql_positions.size(); }
inline ulong PositionGetTicket(int i) {
  if (i < 0 || i >= PositionsTotal()) return 0;
  mql_position = &mql_positions[i];
  return (ulong)mql_whole(*mql_position, 1);
}
inline bool PositionSelect(const string &symbol) {
  for (auto &line : mql_positions) {
    if (line[POSITION_SYMBOL] != symbol.narrow()) continue;
    mql_position = &line;
    return true;
  }
  return false;
}
inline const MqlLine &mql_selected(const MqlLine *line) {
  if (!line) mql_die("nothing is selected");
  return *line;
}
inline long PositionGetInteger(ENUM_POSITION_PROPERTY_INTEGER p) { return mql_whole(mql_selected(mql_position), p); }
inline double PositionGetDouble(ENUM_POSITION_PROPERTY_DOUBLE p) { return mql_real(mql_selected(mql_position), p); }
inline string PositionGetString(ENUM_POSITION_PROPERTY_STRING p) { return mql_word_at(mql_selected(mql_position), p); }
inline int OrdersTotal() { return (int)mql_orders.size(); }
inline ulong OrderGetTicket(int i) {
  if (i < 0 || i >= OrdersTotal()) return 0;
  mql_order = &mql_orders[i];
  return (ulong)mql_whole(*mql_order, 1);
}
inline bool OrderSelect(ulong ticket) {
  auto *line = mql_of(mql_orders, std::to_string(ticket));
  if (line) mql_order = line;
  return line != nullptr;
}
inline long OrderGetInteger(ENUM_ORDER_PROPERTY_INTEGER p) { return mql_whole(mql_selected(mql_order), p); }
inline double OrderGetDouble(ENUM_ORDER_PROPERTY_DOUBLE p) { return mql_real(mql_selected(mql_order), p); }
inline string OrderGetString(ENUM_ORDER_PROPERTY_STRING p) { return mql_word_at(mql_selected(mql_order), p); }
inline void mql_take_history(const std::vector<MqlLine> &lines) {
  mql_history_orders.clear(), mql_history_deals.clear();
  for (auto &line : lines) (line[0] == "d" ? mql_history_deals : mql_history_orders).push_back(line);
}
inline bool HistorySelect(datetime from, datetime to) {
  mql_take_history(mql_ask("history\t" + std::to_string(from) + "\t" + std::to_string(to)));
  return true;
}
// Both of these replace what was selected by the one that was asked for, as in MetaTrader.
inline bool HistoryOrderSelect(ulong ticket) {
  mql_take_history(mql_ask("history-order\t" + std::to_string(ticket)));
  return !mql_history_orders.empty();
}
inline bool HistoryDealSelect(ulong ticket) {
  mql_take_history(mql_ask("history-deal\t" + std::to_string(ticket)));
  return !mql_history_deals.empty();
}
inline int HistoryOrdersTotal() { return (int)mql_history_orders.size(); }
inline int HistoryDealsTotal() { return (int)mql_history_deals.size(); }
inline ulong HistoryOrderGetTicket(int i) { return (ulong)mql_whole(mql_history_orders.at(i), 1); }
inline ulong HistoryDealGetTicket(int i) { return (ulong)mql_whole(mql_history_deals.at(i), 1); }
inline const MqlLine &mql_past(const std::vector<MqlLine> &lines, ulong ticket) { return mql_selected(mql_of(lines, std::to_string(ticket))); }
inline long HistoryOrderGetInteger(ulong t, ENUM_ORDER_PROPERTY_INTEGER p) { return mql_whole(mql_past(mql_history_orders, t), p); }
inline double HistoryOrderGetDouble(ulong t, ENUM_ORDER_PROPERTY_DOUBLE p) { return mql_real(mql_past(mql_history_orders, t), p); }
inline string HistoryOrderGetString(ulong t, ENUM_ORDER_PROPERTY_STRING p) { return mql_word_at(mql_past(mql_history_orders, t), p); }
inline long HistoryDealGetInteger(ulong t, ENUM_DEAL_PROPERTY_INTEGER p) { return mql_whole(mql_past(mql_history_deals, t), p); }
inline double HistoryDealGetDouble(ulong t, ENUM_DEAL_PROPERTY_DOUBLE p) { return mql_real(mql_past(mql_history_deals, t), p); }
inline string HistoryDealGetString(ulong t, ENUM_DEAL_PROPERTY_STRING p) { return mql_word_at(mql_past(mql_history_deals, t), p); }

inline std::string mql_exact(double x) {
  char out[40];
  snprintf(out, sizeof out, "%.17g", x);
  return out;
}
// Neither is constant there, though only one is written to.
inline bool OrderSend(MqlTradeRequest &q, MqlTradeResult &r) {
  std::string line = "trade";
  for (long x : {(long)q.action, (long)q.type, (long)q.type_filling, (long)q.type_time, (long)q.expiration}) line += "\t" + std::to_string(x);
  for (ulong x : {q.magic, q.order, q.position, q.position_by, q.deviation}) line += "\t" + std::to_string(x);
  for (double x : {q.volume, q.price, q.stoplimit, q.sl, q.tp}) line += "\t" + mql_exact(x);
  auto answer = mql_ask(line + "\t" + q.symbol.narrow() + "\t" + q.comment.narrow());
  const auto &a = answer.at(0);
  r = MqlTradeResult();
  r.retcode = (uint)mql_whole(a, 1);
  r.order = (ulong)mql_whole(a, 2);
  r.deal = (ulong)mql_whole(a, 3);
  r.volume = mql_real(a, 4);
  r.price = mql_real(a, 5);
  bool is_sent = r.retcode == 10008 || r.retcode == 10009 || r.retcode == 10010;
  if (!is_sent) mql_error = 4756;
  mql_pull();
  return is_sent;
}
inline void Comment(const string &text) {
  const char *path = mql_setting("MQL_STATUS");
  FILE *f = path ? fopen(path, "w") : nullptr;
  if (!f) return;
  fputs(text.narrow().c_str(), f);
  fclose(f);
}
