//+------------------------------------------------------------------+
//| Offing.mq5 - joins this terminal to your Offing server.            |
//|                                                                    |
//| It tells the server what lies in the account and carries out what  |
//| the server asks for: each command at most once. Before the broker  |
//| is asked, the command is written to a file and flushed; whatever   |
//| was cut off can so be told from what never began. The manual is    |
//| README.md beside this file.                                        |
//+------------------------------------------------------------------+
#property copyright "Offing"
#property version "1.10"
#property description "Joins this terminal to your Offing server."
#property description "Add the server's address under Tools > Options > Expert Advisors > Allow WebRequest."

input string ServerHost = "127.0.0.1"; // Server: name or address
input int ServerPort = 5170; // Server: port
input bool ServerTls = false; // Server: encrypted (https)
input string PairingCode = ""; // Pairing code, from the Connections page
input bool ReadOnly = false; // Never trade, only show

#define BUILD_NAME "Offing.mq5 1.10"
#define PROTOCOL_NAME "offing.v1"
#define SOCKET_PATH "/terminals"

#define TIMER_MS 20
#define CONNECT_LIMIT_MS 3000
#define INTRODUCTION_LIMIT_MS 10000
#define BEAT_MS 5000
#define SILENCE_LIMIT_MS 15000
#define FIRST_BACKOFF_MS 500
#define LAST_BACKOFF_MS 30000
#define REFUSED_WAIT_MS 60000
#define FENCED_WAIT_MS 30000
// A terminal that has just connected may not have loaded everything yet.
#define SETTLE_MS 2000
#define FARTHEST_UNTIL_MS 300000
#define LOOK_AGAIN_MS 5000
#define ACCOUNT_MS 1000
#define SYMBOLS_MS 300000
#define STATUS_MS 500

#define MOST_MESSAGE_BYTES 1048576
// Of a message before it is sealed and quoted, so that the frame stays below that.
#define MOST_BODY_LENGTH 800000
#define MOST_JSON_NODES 100000
#define MOST_JSON_DEPTH 16
#define MOST_SUBSCRIBED 500
#define MOST_DEALS 1000
#define MOST_FATES 500
// Bars in a page, pages that wait, and what is begun to be loaded at a time.
#define MOST_BARS 1000
#define MOST_BAR_ASKS 16
#define MOST_LOADING 32
#define DAY_SECONDS 86400

#define LINK_DOWN 0
#define LINK_UPGRADE 1
#define LINK_CHALLENGE 2
#define LINK_READY_AWAITED 3
#define LINK_UP 4

#define WS_CONTINUED 0
#define WS_TEXT 1
#define WS_BINARY 2
#define WS_CLOSE 8
#define WS_PING 9
#define WS_PONG 10

#define JSON_NULL 0
#define JSON_BOOL 1
#define JSON_NUMBER 2
#define JSON_TEXT 3
#define JSON_LIST 4
#define JSON_OBJECT 5

//+------------------------------------------------------------------+
//| Types                                                              |
//+------------------------------------------------------------------+
// One thing the server asks for.
struct Command {
  string type;
  string id;
  int attempt;
  ulong magic;
  long until_ms;
  string symbol;
  bool is_buy;
  string kind;
  double volume;
  double price;
  double limit_price;
  double sl;
  double tp;
  double worst_price;
  ulong deviation;
  long lasts_until_ms;
  string comment;
  ulong position;
  ulong opposite;
  ulong order;
};

// What became of it. Zero and "" stand for none.
struct Result {
  string outcome;
  uint retcode;
  string reason;
  ulong order;
  ulong deal;
  ulong position;
  double volume;
  double price;
};

// What the journal knows of one attempt.
struct Entry {
  string id;
  int attempt;
  ulong magic;
  string type;
  ulong position;
  ulong order;
  double price;
  double limit_price;
  double sl;
  double tp;
  bool is_done;
  Result result;
};

// What lies at the broker under a magic number.
struct Found {
  ulong order;
  string state;
  ulong position;
  double volume;
  double price;
};

// One line of the book: `text` is what the fingerprint is made of, `more` whatever else may change.
struct BookLine {
  string id;
  bool is_position;
  string text;
  string more;
  string json;
};

// A page of past prices that was asked for.
struct BarAsk {
  long request;
  string symbol;
  string timeframe;
  long before_s;
  long limit;
};

//+------------------------------------------------------------------+
//| State                                                              |
//+------------------------------------------------------------------+
string g_account_id = "";
string g_token = "";
string g_device = "";

int g_socket = INVALID_HANDLE;
bool g_tls = false;
int g_link = LINK_DOWN;
uchar g_received[];
uchar g_fragments[];
bool g_is_fragmented = false;
string g_upgrade_key = "";

string g_session = "";
string g_session_key = "";
string g_server_nonce = "";
string g_nonce = "";
long g_sent_count = 0;
long g_heard_count = 0;
string g_login = "";
string g_broker_server = "";

long g_backoff_ms = FIRST_BACKOFF_MS;
long g_next_try_ms = 0;
long g_link_since_ms = 0;
long g_heard_ms = 0;
long g_beat_ms = 0;
long g_account_ms = 0;
long g_symbols_ms = 0;
long g_look_ms = 0;
long g_quotes_at_ms = 0;
long g_status_ms = 0;
long g_connected_since_ms = -1;

bool g_is_read_only = false;
long g_quotes_ms = 250;
bool g_is_dirty = false;
long g_dropped = 0;
long g_orders_done = 0;
string g_problem = "";
string g_account_text = "";
string g_symbols_text = "";

BookLine g_book[];
string g_subscribed[];
double g_subscribed_bid[];
double g_subscribed_ask[];

BarAsk g_bar_asks[];
// Indicators that only have their symbol's history loaded, by symbol and period.
string g_loading_name[];
int g_loading_handle[];

int g_journal = INVALID_HANDLE;
Entry g_entries[];
// Open addressing over `g_entries`: index + 1, 0 = free.
int g_slots[];

//+------------------------------------------------------------------+
//| Clock                                                              |
//+------------------------------------------------------------------+
// Signed, because the difference of two unsigned times wraps.
long NowMs(void) {
  return((long)GetTickCount64());
}

// Seconds that the broker's server is ahead of UTC.
long ServerOffsetSeconds(void) {
  double quarters = (double)((long)TimeTradeServer() - (long)TimeGMT()) / 900.0;
  return((long)MathRound(quarters) * 900);
}

bool IsConnected(void) {
  return(TerminalInfoInteger(TERMINAL_CONNECTED) != 0);
}

// Connected for so long that what is missing is really not there.
bool IsSettled(void) {
  return(g_connected_since_ms >= 0 && NowMs() - g_connected_since_ms >= SETTLE_MS);
}

//+------------------------------------------------------------------+
//| Text                                                               |
//+------------------------------------------------------------------+
string TicketText(const ulong ticket) {
  return(StringFormat("%I64u", ticket));
}

// JSON of a text; control characters and halves of characters become question marks.
string JsonText(const string text) {
  string out = "\"";
  int length = StringLen(text);
  int from = 0;
  for(int i = 0; i < length; i++) {
    ushort c = StringGetCharacter(text, i);
    if(c != '"' && c != '\\' && c >= 32 && (c < 0xD800 || c > 0xDFFF)) continue;
    out += StringSubstr(text, from, i - from);
    if(c == '"') out += "\\\"";
    else if(c == '\\') out += "\\\\";
    else out += "?";
    from = i + 1;
  }
  out += StringSubstr(text, from, length - from);
  return(out + "\"");
}

string ShortText(const string text, const int most) {
  return(JsonText(StringLen(text) > most ? StringSubstr(text, 0, most) : text));
}

// A number that reads back as exactly the same, as the fingerprint of the book needs it.
string JsonNumber(const double value) {
  if(!MathIsValidNumber(value) || value == 0.0) return("0");
  string text = StringFormat("%.15g", value);
  if(StringToDouble(text) != value) text = StringFormat("%.17g", value);
  return(text);
}

string JsonLevel(const double value) {
  return(value == 0.0 ? "null" : JsonNumber(value));
}

string JsonTicket(const ulong ticket) {
  return(ticket == 0 ? "null" : JsonText(TicketText(ticket)));
}

string JsonBool(const bool value) {
  return(value ? "true" : "false");
}

// As core writes numbers where it takes the fingerprint: -0 is 0.
string HashNumber(const double value) {
  return(DoubleToString(value == 0.0 ? 0.0 : value, 8));
}

bool IsHex(const string text, const int length) {
  if(StringLen(text) != length) return(false);
  for(int i = 0; i < length; i++) {
    ushort c = StringGetCharacter(text, i);
    if(!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return(false);
  }
  return(true);
}

bool IsUuid(const string text) {
  if(StringLen(text) != 36) return(false);
  for(int i = 0; i < 36; i++) {
    ushort c = StringGetCharacter(text, i);
    bool is_dash = (i == 8 || i == 13 || i == 18 || i == 23);
    if(is_dash != (c == '-')) return(false);
    if(!is_dash && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return(false);
  }
  return(true);
}

// A decimal number of at most 19 digits that fits 63 bits; 0 = it is none.
ulong TicketOf(const string text) {
  int length = StringLen(text);
  if(length < 1 || length > 19) return(0);
  ulong value = 0;
  for(int i = 0; i < length; i++) {
    ushort c = StringGetCharacter(text, i);
    if(c < '0' || c > '9') return(0);
    value = value * 10 + (ulong)(c - '0');
  }
  return(value > 9223372036854775807 ? 0 : value);
}

//+------------------------------------------------------------------+
//| JSON reader: a tree in arrays                                      |
//+------------------------------------------------------------------+
class CJson {
private:
  string m_text;
  int m_at;
  int m_length;
  bool m_ok;
  int m_count;
  int m_kind[];
  string m_name[];
  string m_value[];
  int m_first[];
  int m_next[];

  ushort Peek(void) {
    return((ushort)(m_at < m_length ? StringGetCharacter(m_text, m_at) : 0));
  }

  void Skip(void) {
    while(m_at < m_length) {
      ushort c = StringGetCharacter(m_text, m_at);
      if(c != ' ' && c != '\t' && c != '\r' && c != '\n') return;
      m_at++;
    }
  }

  int Add(const int kind, const string name, const string value) {
    if(m_count >= MOST_JSON_NODES) {
      m_ok = false;
      return(-1);
    }
    if(m_count >= ArraySize(m_kind)) {
      int size = m_count + 256;
      ArrayResize(m_kind, size, 1024);
      ArrayResize(m_name, size, 1024);
      ArrayResize(m_value, size, 1024);
      ArrayResize(m_first, size, 1024);
      ArrayResize(m_next, size, 1024);
    }
    int node = m_count;
    m_count++;
    m_kind[node] = kind;
    m_name[node] = name;
    m_value[node] = value;
    m_first[node] = -1;
    m_next[node] = -1;
    return(node);
  }

  int HexDigit(const ushort c) {
    if(c >= '0' && c <= '9') return((int)c - '0');
    if(c >= 'a' && c <= 'f') return((int)c - 'a' + 10);
    if(c >= 'A' && c <= 'F') return((int)c - 'A' + 10);
    m_ok = false;
    return(0);
  }

  string Escape(void) {
    ushort c = Peek();
    m_at++;
    if(c == '"' || c == '\\' || c == '/') return(ShortToString(c));
    if(c == 'n') return("\n");
    if(c == 'r') return("\r");
    if(c == 't') return("\t");
    if(c == 'b') return(ShortToString(8));
    if(c == 'f') return(ShortToString(12));
    if(c != 'u') {
      m_ok = false;
      return("");
    }
    int code = 0;
    for(int i = 0; i < 4; i++) {
      code = code * 16 + HexDigit(Peek());
      m_at++;
    }
    // A text of MQL5 ends at its first zero.
    if(code == 0) {
      m_ok = false;
      return("");
    }
    return(ShortToString((ushort)code));
  }

  string Text(void) {
    string out = "";
    m_at++;
    int from = m_at;
    while(m_ok && m_at < m_length) {
      ushort c = StringGetCharacter(m_text, m_at);
      if(c < 32) break;
      if(c != '"' && c != '\\') {
        m_at++;
        continue;
      }
      out += StringSubstr(m_text, from, m_at - from);
      m_at++;
      if(c == '"') return(out);
      out += Escape();
      from = m_at;
    }
    m_ok = false;
    return("");
  }

  bool TakeDigits(void) {
    int from = m_at;
    while(Peek() >= '0' && Peek() <= '9') m_at++;
    return(m_at > from);
  }

  int Number(const string name) {
    int from = m_at;
    if(Peek() == '-') m_at++;
    bool is_zero = (Peek() == '0');
    int digits_from = m_at;
    if(!TakeDigits() || (is_zero && m_at > digits_from + 1)) m_ok = false;
    if(Peek() == '.') {
      m_at++;
      if(!TakeDigits()) m_ok = false;
    }
    if(Peek() == 'e' || Peek() == 'E') {
      m_at++;
      if(Peek() == '+' || Peek() == '-') m_at++;
      if(!TakeDigits()) m_ok = false;
    }
    return(Add(JSON_NUMBER, name, StringSubstr(m_text, from, m_at - from)));
  }

  int Word(const string name) {
    if(StringSubstr(m_text, m_at, 4) == "null") {
      m_at += 4;
      return(Add(JSON_NULL, name, ""));
    }
    if(StringSubstr(m_text, m_at, 4) == "true") {
      m_at += 4;
      return(Add(JSON_BOOL, name, "true"));
    }
    if(StringSubstr(m_text, m_at, 5) == "false") {
      m_at += 5;
      return(Add(JSON_BOOL, name, "false"));
    }
    m_ok = false;
    return(-1);
  }

  int Inside(const string name, const int depth) {
    bool is_list = (Peek() == '[');
    ushort end = (ushort)(is_list ? ']' : '}');
    int node = Add(is_list ? JSON_LIST : JSON_OBJECT, name, "");
    int last = -1;
    m_at++;
    Skip();
    if(Peek() == end) {
      m_at++;
      return(node);
    }
    while(m_ok) {
      string member = "";
      Skip();
      if(!is_list) {
        if(Peek() != '"') break;
        member = Text();
        Skip();
        if(Peek() != ':') break;
        m_at++;
      }
      int child = Value(member, depth + 1);
      if(!m_ok || child < 0) break;
      if(last < 0) m_first[node] = child;
      else m_next[last] = child;
      last = child;
      Skip();
      ushort c = Peek();
      m_at++;
      if(c == end) return(node);
      if(c != ',') break;
    }
    m_ok = false;
    return(-1);
  }

  int Value(const string name, const int depth) {
    Skip();
    if(depth > MOST_JSON_DEPTH || m_at >= m_length) {
      m_ok = false;
      return(-1);
    }
    ushort c = Peek();
    if(c == '{' || c == '[') return(Inside(name, depth));
    if(c == '"') {
      string text = Text();
      return(Add(JSON_TEXT, name, text));
    }
    if(c == '-' || (c >= '0' && c <= '9')) return(Number(name));
    return(Word(name));
  }

public:
  CJson(void) {
    m_text = "";
    m_at = 0;
    m_length = 0;
    m_ok = false;
    m_count = 0;
  }

  // False where the text is not JSON, all of it.
  bool Parse(const string text) {
    m_text = text;
    m_at = 0;
    m_length = StringLen(text);
    m_ok = true;
    m_count = 0;
    Value("", 0);
    Skip();
    return(m_ok && m_at == m_length && m_count > 0);
  }

  int Kind(const int node) const {
    return(node < 0 || node >= m_count ? -1 : m_kind[node]);
  }

  // The node's member of that name, -1 = none.
  int Member(const int node, const string name) const {
    if(Kind(node) != JSON_OBJECT) return(-1);
    for(int child = m_first[node]; child >= 0; child = m_next[child]) {
      if(m_name[child] == name) return(child);
    }
    return(-1);
  }

  int First(const int node) const {
    return(node < 0 || node >= m_count ? -1 : m_first[node]);
  }

  int Next(const int node) const {
    return(node < 0 || node >= m_count ? -1 : m_next[node]);
  }

  string ValueOf(const int node) const {
    return(Kind(node) == JSON_TEXT ? m_value[node] : "");
  }

  string TextOf(const int node, const string name) const {
    return(ValueOf(Member(node, name)));
  }

  bool BoolOf(const int node, const string name) const {
    int member = Member(node, name);
    return(Kind(member) == JSON_BOOL && m_value[member] == "true");
  }

  // False where there is no finite number.
  bool NumberOf(const int node, const string name, double &value) const {
    value = 0.0;
    int member = Member(node, name);
    if(Kind(member) != JSON_NUMBER) return(false);
    value = StringToDouble(m_value[member]);
    return(MathIsValidNumber(value));
  }

  // A number, or null for none, which is 0 there.
  bool LevelOf(const int node, const string name, double &value) const {
    value = 0.0;
    if(Kind(Member(node, name)) == JSON_NULL) return(true);
    return(NumberOf(node, name, value) && value >= 0.0);
  }

  // A whole number that a double holds exactly.
  bool WholeOf(const int node, const string name, long &value) const {
    double number = 0.0;
    value = 0;
    if(!NumberOf(node, name, number)) return(false);
    if(MathAbs(number) > 9007199254740991.0 || MathFloor(number) != number) return(false);
    value = (long)number;
    return(true);
  }
};

//+------------------------------------------------------------------+
//| Bytes, hashes, seals                                               |
//+------------------------------------------------------------------+
int Utf8Of(const string text, uchar &bytes[]) {
  ArrayResize(bytes, 0);
  int count = StringToCharArray(text, bytes, 0, WHOLE_ARRAY, CP_UTF8);
  // The text's closing zero is written as well.
  if(count > 0 && bytes[count - 1] == 0) count--;
  ArrayResize(bytes, count);
  return(count);
}

string HexOf(const uchar &bytes[]) {
  string out = "";
  int count = ArraySize(bytes);
  for(int i = 0; i < count; i++) out += StringFormat("%02x", (int)bytes[i]);
  return(out);
}

bool Sha256(const uchar &bytes[], uchar &digest[]) {
  uchar no_key[];
  ArrayResize(no_key, 0);
  ArrayResize(digest, 0);
  // An empty array cannot be hashed by CryptEncode: nothing here hashes one.
  return(CryptEncode(CRYPT_HASH_SHA256, bytes, no_key, digest) == 32);
}

string Sha256Hex(const string text) {
  uchar bytes[];
  uchar digest[];
  Utf8Of(text, bytes);
  if(!Sha256(bytes, digest)) return("");
  return(HexOf(digest));
}

string HmacHex(const string key_text, const string text) {
  uchar key[];
  uchar message[];
  uchar inner[];
  uchar outer[];
  uchar digest[];
  int key_count = Utf8Of(key_text, key);
  if(key_count > 64) {
    uchar short_key[];
    if(!Sha256(key, short_key)) return("");
    ArrayResize(key, 32);
    ArrayCopy(key, short_key, 0, 0, 32);
    key_count = 32;
  }
  int count = Utf8Of(text, message);
  ArrayResize(inner, 64 + count);
  ArrayResize(outer, 96);
  for(int i = 0; i < 64; i++) {
    int k = (i < key_count) ? (int)key[i] : 0;
    inner[i] = (uchar)(k ^ 0x36);
    outer[i] = (uchar)(k ^ 0x5c);
  }
  if(count > 0) ArrayCopy(inner, message, 64, 0, count);
  if(!Sha256(inner, digest)) return("");
  ArrayCopy(outer, digest, 64, 0, 32);
  if(!Sha256(outer, digest)) return("");
  return(HexOf(digest));
}

// Takes as long wherever the two differ.
bool IsSameSeal(const string a, const string b) {
  if(StringLen(a) != 64 || StringLen(b) != 64) return(false);
  int difference = 0;
  for(int i = 0; i < 64; i++) {
    int x = (int)StringGetCharacter(a, i);
    int y = (int)StringGetCharacter(b, i);
    difference |= (x ^ y);
  }
  return(difference == 0);
}

string Base64Of(const uchar &bytes[]) {
  uchar no_key[];
  uchar out[];
  ArrayResize(no_key, 0);
  if(CryptEncode(CRYPT_BASE64, bytes, no_key, out) <= 0) return("");
  return(CharArrayToString(out, 0, WHOLE_ARRAY, CP_UTF8));
}

// 64 hex characters that nobody can foresee who does not know the token.
string RandomHex(void) {
  static long calls = 0;
  calls++;
  string mix = g_token + "|" + g_nonce + "|" + IntegerToString(calls);
  mix += "|" + TicketText(GetMicrosecondCount()) + "|" + TicketText(GetTickCount64());
  mix += "|" + IntegerToString((long)TimeLocal());
  for(int i = 0; i < 8; i++) mix += "|" + IntegerToString(MathRand());
  return(Sha256Hex(mix));
}

//+------------------------------------------------------------------+
//| Journal: what was begun and what became of it                      |
//|                                                                    |
//| V;1;device                                                         |
//| I;id;attempt;magic;type;position;order;price;limit;sl;tp           |
//| R;id;attempt;outcome;retcode;order;deal;position;volume;price      |
//|                                                                    |
//| Each line ends with a checksum of itself. It is opened without     |
//| sharing, which also keeps a second instance out, and in the folder |
//| that all terminals of this computer share.                         |
//+------------------------------------------------------------------+
void ClearResult(Result &result) {
  result.outcome = "";
  result.retcode = 0;
  result.reason = "";
  result.order = 0;
  result.deal = 0;
  result.position = 0;
  result.volume = 0.0;
  result.price = 0.0;
}

void ClearEntry(Entry &entry) {
  entry.id = "";
  entry.attempt = 0;
  entry.magic = 0;
  entry.type = "";
  entry.position = 0;
  entry.order = 0;
  entry.price = 0.0;
  entry.limit_price = 0.0;
  entry.sl = 0.0;
  entry.tp = 0.0;
  entry.is_done = false;
  ClearResult(entry.result);
}

uint SlotHash(const string id, const int attempt) {
  uint hash = 2166136261;
  int length = StringLen(id);
  for(int i = 0; i < length; i++) hash = (hash ^ (uint)StringGetCharacter(id, i)) * 16777619;
  return((hash ^ (uint)attempt) * 16777619);
}

// Where the entry's slot is, or where it would be.
int SlotOf(const string id, const int attempt) {
  int size = ArraySize(g_slots);
  int slot = (int)(SlotHash(id, attempt) % (uint)size);
  while(g_slots[slot] != 0) {
    int index = g_slots[slot] - 1;
    if(g_entries[index].attempt == attempt && g_entries[index].id == id) return(slot);
    slot = (slot + 1) % size;
  }
  return(slot);
}

// The entry's index, -1 = never seen.
int EntryOf(const string id, const int attempt) {
  if(ArraySize(g_slots) == 0) return(-1);
  int slot = SlotOf(id, attempt);
  return(g_slots[slot] - 1);
}

void GrowSlots(void) {
  int size = MathMax(1024, ArraySize(g_slots) * 2);
  ArrayResize(g_slots, size);
  ArrayInitialize(g_slots, 0);
  int count = ArraySize(g_entries);
  for(int i = 0; i < count; i++) {
    int slot = SlotOf(g_entries[i].id, g_entries[i].attempt);
    g_slots[slot] = i + 1;
  }
}

void PutEntry(const Entry &entry) {
  int index = EntryOf(entry.id, entry.attempt);
  if(index >= 0) {
    g_entries[index] = entry;
    return;
  }
  int count = ArraySize(g_entries);
  if((count + 1) * 2 > ArraySize(g_slots)) GrowSlots();
  ArrayResize(g_entries, count + 1, 1024);
  g_entries[count] = entry;
  int slot = SlotOf(entry.id, entry.attempt);
  g_slots[slot] = count + 1;
}

string Checksum(const string line) {
  return(StringSubstr(Sha256Hex(line), 0, 8));
}

// True once the line is on the disk, as far as the terminal can tell.
bool JournalAppend(const string line) {
  if(g_journal == INVALID_HANDLE) return(false);
  string text = line + ";" + Checksum(line) + "\r\n";
  if(!FileSeek(g_journal, 0, SEEK_END)) return(false);
  ulong before = FileTell(g_journal);
  uint written = FileWriteString(g_journal, text);
  FileFlush(g_journal);
  return(written == (uint)StringLen(text) && FileTell(g_journal) == before + (ulong)written);
}

bool JournalIntent(const Entry &entry) {
  string line = "I;" + entry.id + ";" + IntegerToString(entry.attempt);
  line += ";" + TicketText(entry.magic) + ";" + entry.type;
  line += ";" + TicketText(entry.position) + ";" + TicketText(entry.order);
  line += ";" + JsonNumber(entry.price) + ";" + JsonNumber(entry.limit_price);
  line += ";" + JsonNumber(entry.sl) + ";" + JsonNumber(entry.tp);
  if(!JournalAppend(line)) return(false);
  PutEntry(entry);
  return(true);
}

// Where it cannot be written, only memory knows; after a restart the broker is looked at instead.
void JournalResult(Entry &entry, const Result &result) {
  entry.is_done = true;
  entry.result = result;
  PutEntry(entry);
  string line = "R;" + entry.id + ";" + IntegerToString(entry.attempt) + ";" + result.outcome;
  line += ";" + IntegerToString((long)result.retcode) + ";" + TicketText(result.order);
  line += ";" + TicketText(result.deal) + ";" + TicketText(result.position);
  line += ";" + JsonNumber(result.volume) + ";" + JsonNumber(result.price);
  if(!JournalAppend(line)) Print("Offing: a result could not be written down: ", line);
}

void ReadIntent(const string &part[]) {
  Entry entry;
  ClearEntry(entry);
  entry.id = part[1];
  entry.attempt = (int)StringToInteger(part[2]);
  entry.magic = TicketOf(part[3]);
  entry.type = part[4];
  entry.position = TicketOf(part[5]);
  entry.order = TicketOf(part[6]);
  entry.price = StringToDouble(part[7]);
  entry.limit_price = StringToDouble(part[8]);
  entry.sl = StringToDouble(part[9]);
  entry.tp = StringToDouble(part[10]);
  PutEntry(entry);
}

void ReadResult(const string &part[]) {
  int index = EntryOf(part[1], (int)StringToInteger(part[2]));
  if(index < 0) return;
  g_entries[index].is_done = true;
  g_entries[index].result.outcome = part[3];
  g_entries[index].result.retcode = (uint)StringToInteger(part[4]);
  g_entries[index].result.reason = "";
  g_entries[index].result.order = TicketOf(part[5]);
  g_entries[index].result.deal = TicketOf(part[6]);
  g_entries[index].result.position = TicketOf(part[7]);
  g_entries[index].result.volume = StringToDouble(part[8]);
  g_entries[index].result.price = StringToDouble(part[9]);
}

// A line that was cut off has a wrong checksum: its flush never ended, so nothing followed it.
bool ReadJournalLine(const string line) {
  int length = StringLen(line);
  if(length < 10 || StringGetCharacter(line, length - 9) != ';') return(length == 0);
  string content = StringSubstr(line, 0, length - 9);
  if(StringSubstr(line, length - 8) != Checksum(content)) return(false);
  string part[];
  int count = StringSplit(content, ';', part);
  if(count == 3 && part[0] == "V") g_device = part[2];
  else if(count == 11 && part[0] == "I") ReadIntent(part);
  else if(count == 10 && part[0] == "R") ReadResult(part);
  else return(false);
  return(true);
}

bool OpenJournal(void) {
  string name = "Offing\\" + g_account_id + ".journal";
  ResetLastError();
  g_journal = FileOpen(name, FILE_READ | FILE_WRITE | FILE_TXT | FILE_ANSI | FILE_COMMON);
  if(g_journal == INVALID_HANDLE) {
    Print("Offing: the journal ", name, " cannot be opened, error ", GetLastError());
    return(false);
  }
  int broken = 0;
  while(!FileIsEnding(g_journal)) {
    string line = FileReadString(g_journal);
    if(!ReadJournalLine(line)) broken++;
  }
  if(broken > 0) {
    Print("Offing: ", broken, " lines of the journal were cut off and are passed over");
    // So that the next line does not begin within one.
    FileSeek(g_journal, 0, SEEK_END);
    FileWriteString(g_journal, "\r\n");
  }
  if(StringLen(g_device) > 0) return(true);
  g_device = "mt5-" + StringSubstr(RandomHex(), 0, 16);
  return(JournalAppend("V;1;" + g_device));
}

//+------------------------------------------------------------------+
//| Socket                                                             |
//+------------------------------------------------------------------+
int SocketWrite(const uchar &bytes[], const int count) {
  if(g_tls) return(SocketTlsSend(g_socket, bytes, (uint)count));
  return(SocketSend(g_socket, bytes, (uint)count));
}

bool SendBytes(const uchar &bytes[], const int count) {
  int sent = SocketWrite(bytes, count);
  while(sent > 0 && sent < count) {
    uchar rest[];
    ArrayResize(rest, count - sent);
    ArrayCopy(rest, bytes, 0, sent, count - sent);
    int more = SocketWrite(rest, count - sent);
    if(more <= 0) return(false);
    sent += more;
  }
  return(sent == count);
}

// How many bytes came, -1 = the connection is gone.
int ReadBytes(uchar &bytes[]) {
  ArrayResize(bytes, 0);
  int count = 0;
  if(g_tls) count = SocketTlsReadAvailable(g_socket, bytes, 65536);
  else {
    uint available = SocketIsReadable(g_socket);
    // Never a time-out of 0, which means two minutes.
    if(available > 0) count = SocketRead(g_socket, bytes, available, 10);
  }
  // -1 is also what a mere time-out answers.
  if(count <= 0) return(SocketIsConnected(g_socket) ? 0 : -1);
  return(count);
}

void WaitFrom(const long wait_ms) {
  g_next_try_ms = NowMs() + wait_ms;
}

void CloseLink(const string why, const long least_wait_ms) {
  if(g_socket != INVALID_HANDLE) SocketClose(g_socket);
  if(StringLen(why) > 0 && why != g_problem) Print("Offing: ", why);
  g_socket = INVALID_HANDLE;
  g_link = LINK_DOWN;
  g_session = "";
  g_session_key = "";
  g_problem = why;
  g_is_fragmented = false;
  ArrayResize(g_received, 0);
  ArrayResize(g_fragments, 0);
  ArrayResize(g_subscribed, 0);
  ArrayResize(g_subscribed_bid, 0);
  ArrayResize(g_subscribed_ask, 0);
  ArrayResize(g_bar_asks, 0);
  // Half of it by chance, so that many terminals do not come back at once.
  long jitter_ms = (g_backoff_ms / 2) * MathRand() / 32768;
  WaitFrom(MathMax(least_wait_ms, g_backoff_ms / 2 + jitter_ms));
  g_backoff_ms = MathMin(g_backoff_ms * 2, (long)LAST_BACKOFF_MS);
}

//+------------------------------------------------------------------+
//| WebSocket (RFC 6455)                                               |
//+------------------------------------------------------------------+
bool SendFrame(const int opcode, const uchar &payload[], const int count) {
  uchar frame[];
  uchar mask[4];
  int head = (count < 126) ? 2 : ((count < 65536) ? 4 : 10);
  ArrayResize(frame, head + 4 + count);
  frame[0] = (uchar)(0x80 | opcode);
  if(head == 2) frame[1] = (uchar)(0x80 | count);
  else {
    frame[1] = (uchar)(0x80 | (head == 4 ? 126 : 127));
    for(int i = 2; i < head; i++) {
      int shift = 8 * (head - 1 - i);
      frame[i] = (uchar)(shift > 24 ? 0 : ((count >> shift) & 0xFF));
    }
  }
  for(int i = 0; i < 4; i++) {
    mask[i] = (uchar)(MathRand() & 0xFF);
    frame[head + i] = mask[i];
  }
  for(int i = 0; i < count; i++) frame[head + 4 + i] = (uchar)(payload[i] ^ mask[i & 3]);
  return(SendBytes(frame, head + 4 + count));
}

bool SendText(const string text) {
  uchar bytes[];
  int count = Utf8Of(text, bytes);
  if(count >= MOST_MESSAGE_BYTES) return(false);
  return(SendFrame(WS_TEXT, bytes, count));
}

bool IsPrivateHost(const string host) {
  if(host == "localhost" || host == "::1" || StringFind(host, ".") < 0) return(true);
  if(StringFind(host, "127.") == 0 || StringFind(host, "10.") == 0) return(true);
  if(StringFind(host, "192.168.") == 0 || StringFind(host, "169.254.") == 0) return(true);
  int length = StringLen(host);
  if(length > 6 && StringSubstr(host, length - 6) == ".local") return(true);
  if(StringFind(host, "172.") != 0) return(false);
  string part[];
  if(StringSplit(host, '.', part) != 4) return(false);
  long second = StringToInteger(part[1]);
  return(second >= 16 && second <= 31);
}

string HostHeader(void) {
  if(ServerPort == 80 || ServerPort == 443) return(ServerHost);
  return(ServerHost + ":" + IntegerToString(ServerPort));
}

bool Connect(void) {
  g_socket = SocketCreate();
  if(g_socket == INVALID_HANDLE) {
    CloseLink("No socket is left, error " + IntegerToString(GetLastError()), 0);
    return(false);
  }
  // There is no time-out by default.
  SocketTimeouts(g_socket, CONNECT_LIMIT_MS, CONNECT_LIMIT_MS);
  ResetLastError();
  if(!SocketConnect(g_socket, ServerHost, (uint)ServerPort, CONNECT_LIMIT_MS)) {
    int error = GetLastError();
    if(error == 4014) {
      CloseLink("Not allowed yet: add " + ServerHost + " under Tools > Options > Expert Advisors", 0);
    } else {
      CloseLink("No server answers at " + HostHeader() + " (error " + IntegerToString(error) + ")", 0);
    }
    return(false);
  }
  // On this port the terminal has encrypted already.
  g_tls = (ServerPort == 443);
  if(ServerTls && !g_tls) {
    if(!SocketTlsHandshake(g_socket, ServerHost)) {
      CloseLink("Encryption failed: the server's certificate is not trusted here", 0);
      return(false);
    }
    g_tls = true;
  }
  uchar random[];
  ArrayResize(random, 16);
  for(int i = 0; i < 16; i++) random[i] = (uchar)(MathRand() & 0xFF);
  g_upgrade_key = Base64Of(random);
  string head = "GET " + SOCKET_PATH + " HTTP/1.1\r\nHost: " + HostHeader();
  head += "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + g_upgrade_key;
  head += "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " + PROTOCOL_NAME + "\r\n\r\n";
  uchar bytes[];
  int count = Utf8Of(head, bytes);
  if(!SendBytes(bytes, count)) {
    CloseLink("The server hung up", 0);
    return(false);
  }
  g_link = LINK_UPGRADE;
  g_link_since_ms = NowMs();
  g_heard_ms = NowMs();
  return(true);
}

string HeaderOf(const string head, const string name) {
  string line[];
  int count = StringSplit(head, '\n', line);
  for(int i = 1; i < count; i++) {
    int colon = StringFind(line[i], ":");
    if(colon < 0) continue;
    string key = StringSubstr(line[i], 0, colon);
    StringToLower(key);
    if(key != name) continue;
    string value = StringSubstr(line[i], colon + 1);
    StringTrimLeft(value);
    StringTrimRight(value);
    return(value);
  }
  return("");
}

// Takes the server's answer to the upgrade out of what was received; false = closed.
bool TakeUpgrade(void) {
  int count = ArraySize(g_received);
  int end = -1;
  for(int i = 0; i + 3 < count && end < 0; i++) {
    if(g_received[i] == 13 && g_received[i + 1] == 10 && g_received[i + 2] == 13 && g_received[i + 3] == 10) {
      end = i + 4;
    }
  }
  if(end < 0) {
    if(count <= 8192) return(true);
    CloseLink("What answers there is no Offing server", 0);
    return(false);
  }
  string head = CharArrayToString(g_received, 0, end, CP_UTF8);
  ArrayRemove(g_received, 0, end);
  if(StringFind(head, "HTTP/1.1 101") != 0) {
    string status = StringSubstr(head, 9, 3);
    if(status == "426") CloseLink("The server takes terminals from afar only encrypted", REFUSED_WAIT_MS);
    else if(status == "421") CloseLink("The server is not known by the name " + ServerHost, REFUSED_WAIT_MS);
    else if(status == "429" || status == "503") CloseLink("The server is too busy", FENCED_WAIT_MS);
    else CloseLink("The server refused the connection (" + status + ")", 0);
    return(false);
  }
  uchar source[];
  uchar no_key[];
  uchar digest[];
  ArrayResize(no_key, 0);
  Utf8Of(g_upgrade_key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", source);
  CryptEncode(CRYPT_HASH_SHA1, source, no_key, digest);
  if(HeaderOf(head, "sec-websocket-accept") != Base64Of(digest) || HeaderOf(head, "sec-websocket-protocol") != PROTOCOL_NAME) {
    CloseLink("What answers there is no Offing server", 0);
    return(false);
  }
  g_link = LINK_CHALLENGE;
  return(true);
}

void ClosedByServer(uchar &payload[], const int count) {
  int code = (count >= 2) ? (((int)payload[0] << 8) | (int)payload[1]) : 1005;
  if(code == 4401) CloseLink("The pairing code is wrong or too old: make a new one", REFUSED_WAIT_MS);
  else if(code == 4403) CloseLink("This connection was taken away on the Connections page", REFUSED_WAIT_MS);
  else if(code == 4404) CloseLink("Paired with another account, broker or computer: trading is halted", REFUSED_WAIT_MS);
  else if(code == 4409) CloseLink("Another terminal has taken over", FENCED_WAIT_MS);
  else if(code == 4400) CloseLink("The server did not understand this terminal", 0);
  else if(code == 4429) CloseLink("The server is too busy", FENCED_WAIT_MS);
  else CloseLink("The server ended the connection (" + IntegerToString(code) + ")", 0);
}

// The frame at the front: its length with head, 0 = not all there yet, -1 = against the protocol.
int FrameLength(const int from, int &head, int &count) {
  int have = ArraySize(g_received) - from;
  head = 2;
  count = 0;
  if(have < 2) return(0);
  int second = (int)g_received[from + 1];
  // A server masks nothing, and no extension was agreed on.
  if((second & 0x80) != 0 || ((int)g_received[from] & 0x70) != 0) return(-1);
  int wide = (second == 126) ? 2 : ((second == 127) ? 8 : 0);
  if(have < 2 + wide) return(0);
  long length = second;
  if(wide > 0) {
    length = 0;
    for(int i = 0; i < wide; i++) {
      length = (length << 8) | (long)g_received[from + 2 + i];
      if(length > MOST_MESSAGE_BYTES) return(-1);
    }
  }
  head = 2 + wide;
  count = (int)length;
  if(have < head + count) return(0);
  return(head + count);
}

int WaitingFrames(void) {
  int from = 0;
  int frames = 0;
  int head = 0;
  int count = 0;
  int length = FrameLength(from, head, count);
  while(length > 0) {
    frames++;
    from += length;
    length = FrameLength(from, head, count);
  }
  return(frames);
}

//+------------------------------------------------------------------+
//| Messages to the server                                             |
//+------------------------------------------------------------------+
// False where it is too long, or the connection is gone.
bool SendMessage(const string type, const string body) {
  if(g_link != LINK_UP) return(false);
  if(StringLen(body) > MOST_BODY_LENGTH) {
    g_dropped++;
    Print("Offing: a message is too long for the server: ", type);
    return(false);
  }
  g_sent_count++;
  string count = IntegerToString(g_sent_count);
  string ack = IntegerToString(g_heard_count);
  string seal = HmacHex(g_session_key, "1|" + g_session + "|c|" + count + "|" + ack + "|" + type + "|" + body);
  string frame = "{\"v\":1,\"q\":" + count + ",\"ack\":" + ack + ",\"t\":" + JsonText(type);
  frame += ",\"b\":" + JsonText(body) + ",\"m\":" + JsonText(seal) + "}";
  if(SendText(frame)) return(true);
  CloseLink("The connection was cut", 0);
  return(false);
}

bool IsTradeAllowed(void) {
  if(ReadOnly || g_is_read_only) return(false);
  if(TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) == 0 || MQLInfoInteger(MQL_TRADE_ALLOWED) == 0) return(false);
  return(AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) != 0 && AccountInfoInteger(ACCOUNT_TRADE_EXPERT) != 0);
}

void SendBeat(void) {
  g_beat_ms = NowMs();
  string body = "{\"t\":\"beat\",\"monotonicMs\":" + IntegerToString(NowMs());
  body += ",\"serverMs\":" + IntegerToString((long)TimeTradeServer() * 1000);
  body += ",\"pingUs\":" + IntegerToString(MathMax(0, TerminalInfoInteger(TERMINAL_PING_LAST)));
  body += ",\"isConnected\":" + JsonBool(IsConnected()) + ",\"isTradeAllowed\":" + JsonBool(IsTradeAllowed());
  body += ",\"queue\":" + IntegerToString(WaitingFrames()) + ",\"dropped\":" + IntegerToString(g_dropped) + "}";
  SendMessage("beat", body);
}

void BeatWhenDue(void) {
  if(g_link == LINK_UP && NowMs() - g_beat_ms >= BEAT_MS) SendBeat();
}

bool IsHedging(void) {
  return(AccountInfoInteger(ACCOUNT_MARGIN_MODE) == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING);
}

string AccountJson(void) {
  string out = "{\"login\":" + JsonText(g_login) + ",\"brokerServer\":" + JsonText(g_broker_server);
  out += ",\"currency\":" + ShortText(AccountInfoString(ACCOUNT_CURRENCY), 16);
  out += ",\"leverage\":" + IntegerToString(AccountInfoInteger(ACCOUNT_LEVERAGE));
  out += ",\"mode\":" + JsonText(IsHedging() ? "hedging" : "netting");
  out += ",\"isDemo\":" + JsonBool(AccountInfoInteger(ACCOUNT_TRADE_MODE) == ACCOUNT_TRADE_MODE_DEMO);
  out += ",\"isTradeAllowed\":" + JsonBool(IsTradeAllowed());
  out += ",\"balance\":" + JsonNumber(AccountInfoDouble(ACCOUNT_BALANCE));
  out += ",\"equity\":" + JsonNumber(AccountInfoDouble(ACCOUNT_EQUITY));
  out += ",\"margin\":" + JsonNumber(AccountInfoDouble(ACCOUNT_MARGIN));
  out += ",\"freeMargin\":" + JsonNumber(AccountInfoDouble(ACCOUNT_MARGIN_FREE)) + "}";
  return(out);
}

void SendAccount(void) {
  g_account_ms = NowMs();
  string text = AccountJson();
  if(text == g_account_text) return;
  if(SendMessage("account", "{\"t\":\"account\",\"account\":" + text + "}")) g_account_text = text;
}

//+------------------------------------------------------------------+
//| Symbols and prices                                                 |
//+------------------------------------------------------------------+
string FillingsJson(const string symbol) {
  long flags = SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE);
  string out = "";
  if((flags & SYMBOL_FILLING_FOK) != 0) out = "\"fok\"";
  if((flags & SYMBOL_FILLING_IOC) != 0) out += (StringLen(out) > 0 ? "," : "") + "\"ioc\"";
  // There is no flag for it: it is allowed wherever the broker does not execute at market.
  if(SymbolInfoInteger(symbol, SYMBOL_TRADE_EXEMODE) != SYMBOL_TRADE_EXECUTION_MARKET) {
    out += (StringLen(out) > 0 ? "," : "") + "\"return\"";
  }
  return("[" + out + "]");
}

string TradeModeOf(const string symbol) {
  long mode = SymbolInfoInteger(symbol, SYMBOL_TRADE_MODE);
  if(mode == SYMBOL_TRADE_MODE_FULL) return("full");
  if(mode == SYMBOL_TRADE_MODE_LONGONLY) return("long-only");
  if(mode == SYMBOL_TRADE_MODE_SHORTONLY) return("short-only");
  if(mode == SYMBOL_TRADE_MODE_CLOSEONLY) return("close-only");
  return("disabled");
}

string PositiveJson(const string symbol, const string name, const ENUM_SYMBOL_INFO_DOUBLE property, bool &is_good) {
  double value = SymbolInfoDouble(symbol, property);
  if(!MathIsValidNumber(value) || value <= 0.0) is_good = false;
  return(",\"" + name + "\":" + JsonNumber(value));
}

// "" where the broker has not said enough of the symbol yet.
string InstrumentJson(const string symbol) {
  bool is_good = true;
  double margin = 0.0;
  double ask = SymbolInfoDouble(symbol, SYMBOL_ASK);
  if(ask <= 0.0 || !OrderCalcMargin(ORDER_TYPE_BUY, symbol, 1.0, ask, margin)) margin = 0.0;
  double tick_value = SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_VALUE_LOSS);
  if(tick_value <= 0.0) tick_value = SymbolInfoDouble(symbol, SYMBOL_TRADE_TICK_VALUE);
  string out = "{\"symbol\":" + JsonText(symbol);
  out += ",\"description\":" + ShortText(SymbolInfoString(symbol, SYMBOL_DESCRIPTION), 256);
  out += ",\"digits\":" + IntegerToString(SymbolInfoInteger(symbol, SYMBOL_DIGITS));
  out += PositiveJson(symbol, "pointSize", SYMBOL_POINT, is_good);
  out += PositiveJson(symbol, "tickSize", SYMBOL_TRADE_TICK_SIZE, is_good);
  out += ",\"tickValue\":" + JsonNumber(MathMax(0.0, tick_value));
  out += PositiveJson(symbol, "contractSize", SYMBOL_TRADE_CONTRACT_SIZE, is_good);
  out += PositiveJson(symbol, "volumeMinLots", SYMBOL_VOLUME_MIN, is_good);
  out += PositiveJson(symbol, "volumeMaxLots", SYMBOL_VOLUME_MAX, is_good);
  out += PositiveJson(symbol, "volumeStepLots", SYMBOL_VOLUME_STEP, is_good);
  out += ",\"stopsLevelPoints\":" + IntegerToString(SymbolInfoInteger(symbol, SYMBOL_TRADE_STOPS_LEVEL));
  out += ",\"freezeLevelPoints\":" + IntegerToString(SymbolInfoInteger(symbol, SYMBOL_TRADE_FREEZE_LEVEL));
  out += ",\"marginPerLot\":" + JsonNumber(MathMax(0.0, margin));
  out += ",\"swapLongPoints\":" + JsonNumber(SymbolInfoDouble(symbol, SYMBOL_SWAP_LONG));
  out += ",\"swapShortPoints\":" + JsonNumber(SymbolInfoDouble(symbol, SYMBOL_SWAP_SHORT));
  out += ",\"tradeMode\":" + JsonText(TradeModeOf(symbol));
  out += ",\"fillings\":" + FillingsJson(symbol) + "}";
  return(is_good ? out : "");
}

// Those of the Market Watch, as many as fit one message.
void SendSymbols(void) {
  g_symbols_ms = NowMs();
  string list = "";
  int total = SymbolsTotal(true);
  for(int i = 0; i < total; i++) {
    string symbol = SymbolName(i, true);
    if(StringLen(symbol) < 1 || StringLen(symbol) > 64) continue;
    string one = InstrumentJson(symbol);
    if(StringLen(one) == 0) continue;
    if(StringLen(list) + StringLen(one) > MOST_BODY_LENGTH - 1024) {
      Print("Offing: the Market Watch has too many symbols; those after ", symbol, " are left out");
      break;
    }
    list += (StringLen(list) > 0 ? "," : "") + one;
  }
  if(list == g_symbols_text) return;
  if(SendMessage("symbols", "{\"t\":\"symbols\",\"instruments\":[" + list + "]}")) g_symbols_text = list;
}

// Only what moved since it was last sent, and of that only the latest.
void SendQuotes(void) {
  g_quotes_at_ms = NowMs();
  string list = "";
  int count = ArraySize(g_subscribed);
  for(int i = 0; i < count; i++) {
    MqlTick tick;
    if(!SymbolInfoTick(g_subscribed[i], tick)) continue;
    if(tick.bid <= 0.0 || tick.ask <= 0.0) continue;
    if(tick.bid == g_subscribed_bid[i] && tick.ask == g_subscribed_ask[i]) continue;
    g_subscribed_bid[i] = tick.bid;
    g_subscribed_ask[i] = tick.ask;
    list += (StringLen(list) > 0 ? ",[" : "[") + JsonText(g_subscribed[i]) + "," + JsonNumber(tick.bid);
    list += "," + JsonNumber(tick.ask) + "," + IntegerToString(tick.time_msc) + "]";
  }
  if(StringLen(list) > 0) SendMessage("quotes", "{\"t\":\"quotes\",\"quotes\":[" + list + "]}");
}

void Subscribe(const CJson &json, const int root) {
  string before[];
  double bids[];
  double asks[];
  int old = ArraySize(g_subscribed);
  ArrayResize(before, old);
  ArrayResize(bids, old);
  ArrayResize(asks, old);
  for(int i = 0; i < old; i++) {
    before[i] = g_subscribed[i];
    bids[i] = g_subscribed_bid[i];
    asks[i] = g_subscribed_ask[i];
  }
  int count = 0;
  for(int node = json.First(json.Member(root, "symbols")); node >= 0 && count < MOST_SUBSCRIBED; node = json.Next(node)) {
    string symbol = json.ValueOf(node);
    if(StringLen(symbol) < 1 || StringLen(symbol) > 64 || !SymbolSelect(symbol, true)) continue;
    ArrayResize(g_subscribed, count + 1, 64);
    ArrayResize(g_subscribed_bid, count + 1, 64);
    ArrayResize(g_subscribed_ask, count + 1, 64);
    g_subscribed[count] = symbol;
    g_subscribed_bid[count] = 0.0;
    g_subscribed_ask[count] = 0.0;
    for(int i = 0; i < old; i++) {
      if(before[i] != symbol) continue;
      g_subscribed_bid[count] = bids[i];
      g_subscribed_ask[count] = asks[i];
    }
    count++;
  }
  ArrayResize(g_subscribed, count);
  ArrayResize(g_subscribed_bid, count);
  ArrayResize(g_subscribed_ask, count);
}

//+------------------------------------------------------------------+
//| The book: positions and working orders                             |
//+------------------------------------------------------------------+
string KindOf(const long type) {
  if(type == ORDER_TYPE_BUY_LIMIT || type == ORDER_TYPE_SELL_LIMIT) return("limit");
  if(type == ORDER_TYPE_BUY_STOP || type == ORDER_TYPE_SELL_STOP) return("stop");
  if(type == ORDER_TYPE_BUY_STOP_LIMIT || type == ORDER_TYPE_SELL_STOP_LIMIT) return("stop-limit");
  return("market");
}

bool IsBuyType(const long type) {
  return(type == ORDER_TYPE_BUY || type == ORDER_TYPE_BUY_LIMIT || type == ORDER_TYPE_BUY_STOP || type == ORDER_TYPE_BUY_STOP_LIMIT);
}

// Of the position that is selected.
void ReadPosition(const ulong ticket, BookLine &line) {
  string id = TicketText((ulong)PositionGetInteger(POSITION_IDENTIFIER));
  string symbol = PositionGetString(POSITION_SYMBOL);
  bool is_buy = (PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_BUY);
  double volume = PositionGetDouble(POSITION_VOLUME);
  double sl = PositionGetDouble(POSITION_SL);
  double tp = PositionGetDouble(POSITION_TP);
  double open = PositionGetDouble(POSITION_PRICE_OPEN);
  double swap = PositionGetDouble(POSITION_SWAP);
  line.id = id;
  line.is_position = true;
  line.text = "p|" + id + "|" + symbol + "|" + (is_buy ? "b" : "s") + "|" + HashNumber(volume);
  line.text += "|" + HashNumber(sl) + "|" + HashNumber(tp);
  line.more = TicketText(ticket) + "|" + HashNumber(open) + "|" + HashNumber(swap);
  line.json = "{\"position\":" + JsonText(id) + ",\"ticket\":" + JsonText(TicketText(ticket));
  line.json += ",\"symbol\":" + JsonText(symbol) + ",\"side\":" + JsonText(is_buy ? "buy" : "sell");
  line.json += ",\"volumeLots\":" + JsonNumber(volume) + ",\"openPrice\":" + JsonNumber(open);
  line.json += ",\"openedServerMs\":" + IntegerToString(PositionGetInteger(POSITION_TIME_MSC));
  line.json += ",\"sl\":" + JsonLevel(sl) + ",\"tp\":" + JsonLevel(tp) + ",\"swap\":" + JsonNumber(swap);
  line.json += ",\"profit\":" + JsonNumber(PositionGetDouble(POSITION_PROFIT));
  line.json += ",\"magic\":" + JsonText(TicketText((ulong)PositionGetInteger(POSITION_MAGIC)));
  line.json += ",\"comment\":" + ShortText(PositionGetString(POSITION_COMMENT), 64) + "}";
}

// Of the order that is selected.
void ReadOrder(const ulong ticket, BookLine &line) {
  string id = TicketText(ticket);
  string symbol = OrderGetString(ORDER_SYMBOL);
  long type = OrderGetInteger(ORDER_TYPE);
  bool is_buy = IsBuyType(type);
  double volume = OrderGetDouble(ORDER_VOLUME_CURRENT);
  double price = OrderGetDouble(ORDER_PRICE_OPEN);
  double limit_price = OrderGetDouble(ORDER_PRICE_STOPLIMIT);
  double sl = OrderGetDouble(ORDER_SL);
  double tp = OrderGetDouble(ORDER_TP);
  long lasts_until = OrderGetInteger(ORDER_TIME_EXPIRATION);
  line.id = id;
  line.is_position = false;
  line.text = "o|" + id + "|" + symbol + "|" + (is_buy ? "b" : "s") + "|" + KindOf(type) + "|" + HashNumber(volume);
  line.text += "|" + HashNumber(price) + "|" + HashNumber(limit_price);
  line.text += "|" + HashNumber(sl) + "|" + HashNumber(tp);
  line.more = IntegerToString(lasts_until);
  line.json = "{\"order\":" + JsonText(id) + ",\"symbol\":" + JsonText(symbol);
  line.json += ",\"side\":" + JsonText(is_buy ? "buy" : "sell") + ",\"kind\":" + JsonText(KindOf(type));
  line.json += ",\"volumeLots\":" + JsonNumber(volume) + ",\"price\":" + JsonNumber(price);
  line.json += ",\"limitPrice\":" + JsonLevel(limit_price) + ",\"sl\":" + JsonLevel(sl) + ",\"tp\":" + JsonLevel(tp);
  line.json += ",\"lastsUntilServerMs\":" + (lasts_until > 0 ? IntegerToString(lasts_until * 1000) : "null");
  line.json += ",\"placedServerMs\":" + IntegerToString(OrderGetInteger(ORDER_TIME_SETUP_MSC));
  line.json += ",\"magic\":" + JsonText(TicketText((ulong)OrderGetInteger(ORDER_MAGIC)));
  line.json += ",\"comment\":" + ShortText(OrderGetString(ORDER_COMMENT), 64) + "}";
}

void ReadBook(BookLine &book[]) {
  int count = 0;
  ArrayResize(book, 0);
  int positions = PositionsTotal();
  for(int i = 0; i < positions; i++) {
    ulong ticket = PositionGetTicket(i);
    if(ticket == 0) continue;
    ArrayResize(book, count + 1, 256);
    ReadPosition(ticket, book[count]);
    count++;
  }
  int orders = OrdersTotal();
  for(int i = 0; i < orders; i++) {
    ulong ticket = OrderGetTicket(i);
    if(ticket == 0 || OrderGetInteger(ORDER_TYPE) == ORDER_TYPE_CLOSE_BY) continue;
    ArrayResize(book, count + 1, 256);
    ReadOrder(ticket, book[count]);
    count++;
  }
}

// Whether a comes before b in the order of their characters.
bool IsBefore(const string a, const string b) {
  int length = MathMin(StringLen(a), StringLen(b));
  for(int i = 0; i < length; i++) {
    ushort x = StringGetCharacter(a, i);
    ushort y = StringGetCharacter(b, i);
    if(x != y) return(x < y);
  }
  return(StringLen(a) < StringLen(b));
}

// Merges sorted runs, because a thousand positions are too many to sort by insertion.
void SortTexts(string &text[]) {
  int count = ArraySize(text);
  string other[];
  ArrayResize(other, count);
  for(int width = 1; width < count; width *= 2) {
    for(int from = 0; from < count; from += 2 * width) {
      int middle = MathMin(from + width, count);
      int end = MathMin(from + 2 * width, count);
      int a = from;
      int b = middle;
      for(int k = from; k < end; k++) {
        bool is_first = (a < middle && (b >= end || !IsBefore(text[b], text[a])));
        if(is_first) {
          other[k] = text[a];
          a++;
        } else {
          other[k] = text[b];
          b++;
        }
      }
    }
    for(int k = 0; k < count; k++) text[k] = other[k];
  }
}

string BookHash(const BookLine &book[]) {
  int count = ArraySize(book);
  // SHA-256 of nothing, which CryptEncode does not take.
  if(count == 0) return("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  string text[];
  ArrayResize(text, count);
  for(int i = 0; i < count; i++) text[i] = book[i].text;
  SortTexts(text);
  string all = text[0];
  for(int i = 1; i < count; i++) all += "\n" + text[i];
  return(Sha256Hex(all));
}

void KeepBook(const BookLine &book[]) {
  int count = ArraySize(book);
  ArrayResize(g_book, count);
  for(int i = 0; i < count; i++) g_book[i] = book[i];
}

string BookJson(const BookLine &book[], const bool is_position) {
  string out = "";
  int count = ArraySize(book);
  for(int i = 0; i < count; i++) {
    if(book[i].is_position == is_position) out += (StringLen(out) > 0 ? "," : "") + book[i].json;
  }
  return("[" + out + "]");
}

void SendSnapshot(void) {
  BookLine book[];
  ReadBook(book);
  string body = "{\"t\":\"snapshot\",\"hash\":" + JsonText(BookHash(book));
  body += ",\"isConnected\":" + JsonBool(IsConnected() && IsSettled()) + ",\"account\":" + AccountJson();
  body += ",\"positions\":" + BookJson(book, true) + ",\"orders\":" + BookJson(book, false) + "}";
  g_is_dirty = false;
  g_look_ms = NowMs();
  if(SendMessage("snapshot", body)) KeepBook(book);
}

// Where in the book, -1 = nowhere. What was there before is most often where it was.
int LineOf(const BookLine &book[], const BookLine &line, const int guess) {
  int count = ArraySize(book);
  if(guess < count && book[guess].id == line.id && book[guess].is_position == line.is_position) return(guess);
  for(int i = 0; i < count; i++) {
    if(book[i].id == line.id && book[i].is_position == line.is_position) return(i);
  }
  return(-1);
}

// What changed since the last snapshot or delta; nothing where nothing did.
void SendDelta(void) {
  g_is_dirty = false;
  g_look_ms = NowMs();
  BookLine book[];
  ReadBook(book);
  string changed[2];
  string ended[2];
  for(int k = 0; k < 2; k++) {
    changed[k] = "";
    ended[k] = "";
  }
  int count = ArraySize(book);
  for(int i = 0; i < count; i++) {
    int before = LineOf(g_book, book[i], i);
    if(before >= 0 && g_book[before].text == book[i].text && g_book[before].more == book[i].more) continue;
    int k = book[i].is_position ? 0 : 1;
    changed[k] += (StringLen(changed[k]) > 0 ? "," : "") + book[i].json;
  }
  int old = ArraySize(g_book);
  for(int i = 0; i < old; i++) {
    if(LineOf(book, g_book[i], i) >= 0) continue;
    int k = g_book[i].is_position ? 0 : 1;
    ended[k] += (StringLen(ended[k]) > 0 ? "," : "") + JsonText(g_book[i].id);
  }
  int length = StringLen(changed[0]) + StringLen(changed[1]) + StringLen(ended[0]) + StringLen(ended[1]);
  if(length == 0) return;
  string body = "{\"t\":\"delta\",\"hash\":" + JsonText(BookHash(book)) + ",\"account\":" + AccountJson();
  body += ",\"positions\":[" + changed[0] + "],\"closedPositions\":[" + ended[0] + "]";
  body += ",\"orders\":[" + changed[1] + "],\"endedOrders\":[" + ended[1] + "]}";
  if(SendMessage("delta", body)) KeepBook(book);
}

//+------------------------------------------------------------------+
//| Looking at the broker for what was done                            |
//+------------------------------------------------------------------+
bool SelectHistory(const long from) {
  return(HistorySelect((datetime)from, (datetime)((long)TimeTradeServer() + 2 * DAY_SECONDS)));
}

// Brokers may write a comment of their own, so that it is only looked at where no magic stands.
bool IsOurs(const ulong magic, const ulong wanted, const string comment, const string wanted_comment) {
  if(magic == wanted) return(true);
  return(magic == 0 && StringLen(wanted_comment) > 0 && comment == wanted_comment);
}

string CommentOf(const string id) {
  if(StringLen(id) == 0) return("");
  return("o:" + StringSubstr(Sha256Hex(id), 0, 24));
}

void ClearFound(Found &found) {
  found.order = 0;
  found.state = "";
  found.position = 0;
  found.volume = 0.0;
  found.price = 0.0;
}

bool FindWorking(const ulong magic, const string comment, Found &found) {
  int count = OrdersTotal();
  for(int i = 0; i < count; i++) {
    ulong ticket = OrderGetTicket(i);
    if(ticket == 0) continue;
    if(!IsOurs((ulong)OrderGetInteger(ORDER_MAGIC), magic, OrderGetString(ORDER_COMMENT), comment)) continue;
    found.order = ticket;
    found.volume = OrderGetDouble(ORDER_VOLUME_INITIAL) - OrderGetDouble(ORDER_VOLUME_CURRENT);
    found.state = (found.volume > 0.000000005) ? "partial" : "working";
    found.position = (ulong)OrderGetInteger(ORDER_POSITION_ID);
    return(true);
  }
  return(false);
}

string EndedStateOf(const ulong ticket) {
  long state = HistoryOrderGetInteger(ticket, ORDER_STATE);
  if(state == ORDER_STATE_FILLED) return("filled");
  if(state == ORDER_STATE_PARTIAL) return("partial");
  if(state == ORDER_STATE_CANCELED) return("canceled");
  if(state == ORDER_STATE_REJECTED) return("rejected");
  if(state == ORDER_STATE_EXPIRED) return("expired");
  return("working");
}

// The order that a stop or target sends has the magic number of its position: it is not ours.
bool IsOfStop(const long reason) {
  return(reason == ORDER_REASON_SL || reason == ORDER_REASON_TP || reason == ORDER_REASON_SO);
}

bool FindEnded(const ulong magic, const string comment, Found &found) {
  int count = HistoryOrdersTotal();
  for(int i = 0; i < count; i++) {
    ulong ticket = HistoryOrderGetTicket(i);
    if(ticket == 0 || IsOfStop(HistoryOrderGetInteger(ticket, ORDER_REASON))) continue;
    if(!IsOurs((ulong)HistoryOrderGetInteger(ticket, ORDER_MAGIC), magic, HistoryOrderGetString(ticket, ORDER_COMMENT), comment)) continue;
    // The first of them, should there be more.
    if(found.order != 0 && found.order <= ticket) continue;
    found.order = ticket;
    found.state = EndedStateOf(ticket);
    found.position = (ulong)HistoryOrderGetInteger(ticket, ORDER_POSITION_ID);
    found.volume = HistoryOrderGetDouble(ticket, ORDER_VOLUME_INITIAL) - HistoryOrderGetDouble(ticket, ORDER_VOLUME_CURRENT);
  }
  return(found.order != 0);
}

// Volume, price and position of an order from its deals, which are what counts.
void ReadDealsOf(Found &found) {
  double volume = 0.0;
  double cost = 0.0;
  int count = HistoryDealsTotal();
  for(int i = 0; i < count; i++) {
    ulong deal = HistoryDealGetTicket(i);
    if(deal == 0 || (ulong)HistoryDealGetInteger(deal, DEAL_ORDER) != found.order) continue;
    double lots = HistoryDealGetDouble(deal, DEAL_VOLUME);
    volume += lots;
    cost += lots * HistoryDealGetDouble(deal, DEAL_PRICE);
    found.position = (ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID);
  }
  if(volume <= 0.0) return;
  found.volume = NormalizeDouble(volume, 8);
  found.price = NormalizeDouble(cost / volume, 8);
}

// Where the history has nothing, an open position still tells.
bool FindPosition(const ulong magic, Found &found) {
  int count = PositionsTotal();
  for(int i = 0; i < count; i++) {
    ulong ticket = PositionGetTicket(i);
    if(ticket == 0 || (ulong)PositionGetInteger(POSITION_MAGIC) != magic) continue;
    found.position = (ulong)PositionGetInteger(POSITION_IDENTIFIER);
    found.order = found.position;
    found.state = "filled";
    found.volume = PositionGetDouble(POSITION_VOLUME);
    found.price = PositionGetDouble(POSITION_PRICE_OPEN);
    return(true);
  }
  return(false);
}

// The history must have been selected.
bool FindAtBroker(const ulong magic, const string id, Found &found) {
  ClearFound(found);
  string comment = CommentOf(id);
  if(FindWorking(magic, comment, found) || FindEnded(magic, comment, found)) {
    ReadDealsOf(found);
    return(true);
  }
  return(FindPosition(magic, found));
}

string FoundJson(const Found &found) {
  string out = "{\"order\":" + JsonText(TicketText(found.order)) + ",\"state\":" + JsonText(found.state);
  out += ",\"position\":" + JsonTicket(found.position) + ",\"filledLots\":" + JsonNumber(MathMax(0.0, found.volume));
  return(out + ",\"averagePrice\":" + JsonLevel(found.price) + "}");
}

void ResultOfFound(const Found &found, Result &result) {
  ClearResult(result);
  result.outcome = "unknown";
  if(found.state == "filled") result.outcome = "done";
  if(found.state == "working") result.outcome = "placed";
  if(found.state == "partial") result.outcome = "partial";
  result.order = found.order;
  result.position = found.position;
  result.volume = found.volume;
  result.price = found.price;
}

// Selects the position, whose tickets change; 0 = there is none.
ulong SelectPosition(const ulong identifier) {
  int count = PositionsTotal();
  for(int i = 0; i < count; i++) {
    ulong ticket = PositionGetTicket(i);
    if(ticket != 0 && (ulong)PositionGetInteger(POSITION_IDENTIFIER) == identifier) return(ticket);
  }
  return(0);
}

bool IsSameLevel(const double a, const double b) {
  return(MathAbs(a - b) < 0.000000005);
}

// A change leaves no magic number behind: whether it was made is seen in what it was to change.
bool IsChangeThere(const Entry &entry) {
  if(entry.type == "modify" && entry.position != 0) {
    if(SelectPosition(entry.position) == 0) return(false);
    return(IsSameLevel(PositionGetDouble(POSITION_SL), entry.sl) && IsSameLevel(PositionGetDouble(POSITION_TP), entry.tp));
  }
  if(entry.type == "modify") {
    if(!OrderSelect(entry.order)) return(false);
    return(IsSameLevel(OrderGetDouble(ORDER_PRICE_OPEN), entry.price)
           && IsSameLevel(OrderGetDouble(ORDER_PRICE_STOPLIMIT), entry.limit_price)
           && IsSameLevel(OrderGetDouble(ORDER_SL), entry.sl) && IsSameLevel(OrderGetDouble(ORDER_TP), entry.tp));
  }
  if(entry.type != "cancel" || OrderSelect(entry.order)) return(false);
  return(HistoryOrderSelect(entry.order) && HistoryOrderGetInteger(entry.order, ORDER_STATE) == ORDER_STATE_CANCELED);
}

//+------------------------------------------------------------------+
//| Results                                                            |
//+------------------------------------------------------------------+
string ResultJson(const Result &result) {
  string out = "{\"outcome\":" + JsonText(result.outcome) + ",\"retcode\":" + IntegerToString((long)result.retcode);
  out += ",\"reason\":" + (StringLen(result.reason) > 0 ? JsonText(result.reason) : "null");
  out += ",\"order\":" + JsonTicket(result.order) + ",\"deal\":" + JsonTicket(result.deal);
  out += ",\"position\":" + JsonTicket(result.position) + ",\"volumeLots\":" + JsonNumber(result.volume);
  return(out + ",\"price\":" + JsonLevel(result.price) + "}");
}

void SendResult(const string id, const int attempt, const Result &result) {
  string body = "{\"t\":\"result\",\"id\":" + JsonText(id) + ",\"attempt\":" + IntegerToString(attempt);
  SendMessage("result", body + ",\"result\":" + ResultJson(result) + "}");
}

void SendStep(const string type, const Command &command) {
  string body = "{\"t\":" + JsonText(type) + ",\"id\":" + JsonText(command.id);
  SendMessage(type, body + ",\"attempt\":" + IntegerToString(command.attempt) + "}");
}

// The broker was not asked, and nothing was written down.
void Refuse(const Command &command, const string reason) {
  Result result;
  ClearResult(result);
  result.outcome = "refused";
  result.reason = reason;
  Print("Offing: refused ", command.type, " ", command.id, ": ", reason);
  SendResult(command.id, command.attempt, result);
}

// What a code of the broker means; any that is not known could mean anything.
string OutcomeOf(const uint retcode) {
  if(retcode == 10008) return("placed");
  if(retcode == 10009 || retcode == 10025 || retcode == 10036) return("done");
  if(retcode == 10010) return("partial");
  // Failed or locked somewhere, no answer, no connection, a closing order that is there already.
  if(retcode == 10011 || retcode == 10012 || retcode == 10028 || retcode == 10031 || retcode == 10039) return("unknown");
  if(retcode == 10004 || retcode == 10006 || retcode == 10007) return("rejected");
  if(retcode >= 10013 && retcode <= 10024) return("rejected");
  if(retcode >= 10026 && retcode <= 10035) return("rejected");
  if(retcode == 10038 || (retcode >= 10040 && retcode <= 10046)) return("rejected");
  return("unknown");
}

//+------------------------------------------------------------------+
//| Commands                                                           |
//+------------------------------------------------------------------+
void ClearCommand(Command &command) {
  command.type = "";
  command.id = "";
  command.attempt = 0;
  command.magic = 0;
  command.until_ms = 0;
  command.symbol = "";
  command.is_buy = false;
  command.kind = "";
  command.volume = 0.0;
  command.price = 0.0;
  command.limit_price = 0.0;
  command.sl = 0.0;
  command.tp = 0.0;
  command.worst_price = 0.0;
  command.deviation = 0;
  command.lasts_until_ms = 0;
  command.comment = "";
  command.position = 0;
  command.opposite = 0;
  command.order = 0;
}

bool ReadLevels(const CJson &json, const int root, Command &command) {
  double lasts = 0.0;
  if(!json.LevelOf(root, "price", command.price) || !json.LevelOf(root, "limitPrice", command.limit_price)) return(false);
  if(!json.LevelOf(root, "sl", command.sl) || !json.LevelOf(root, "tp", command.tp)) return(false);
  if(!json.LevelOf(root, "lastsUntilMs", lasts) || lasts > 9007199254740991.0) return(false);
  command.lasts_until_ms = (long)lasts;
  return(true);
}

bool ReadDealTerms(const CJson &json, const int root, Command &command) {
  long deviation = 0;
  if(!json.NumberOf(root, "volumeLots", command.volume) || command.volume <= 0.0 || command.volume > 1000000.0) return(false);
  if(!json.WholeOf(root, "deviationPoints", deviation) || deviation < 0 || deviation > 1000000) return(false);
  if(!json.LevelOf(root, "worstPrice", command.worst_price)) return(false);
  command.deviation = (ulong)deviation;
  command.comment = json.TextOf(root, "comment");
  return(StringLen(command.comment) <= 31);
}

bool ReadPlace(const CJson &json, const int root, Command &command) {
  string side = json.TextOf(root, "side");
  command.symbol = json.TextOf(root, "symbol");
  command.kind = json.TextOf(root, "kind");
  command.is_buy = (side == "buy");
  if(side != "buy" && side != "sell") return(false);
  if(!ReadLevels(json, root, command) || !ReadDealTerms(json, root, command)) return(false);
  if(command.kind == "market") return(command.price == 0.0);
  if(command.kind == "limit" || command.kind == "stop") return(command.price > 0.0);
  return(command.kind == "stop-limit" && command.price > 0.0 && command.limit_price > 0.0);
}

bool ReadTarget(const CJson &json, const int root, Command &command) {
  if(command.type == "place") return(ReadPlace(json, root, command));
  if(command.type == "modify") {
    int target = json.Member(root, "target");
    command.position = TicketOf(json.TextOf(target, "position"));
    command.order = TicketOf(json.TextOf(target, "order"));
    return(ReadLevels(json, root, command) && (command.position == 0) != (command.order == 0));
  }
  if(command.type == "cancel") {
    command.order = TicketOf(json.TextOf(root, "order"));
    return(command.order != 0);
  }
  command.position = TicketOf(json.TextOf(root, "position"));
  if(command.type == "close") return(command.position != 0 && ReadDealTerms(json, root, command));
  command.opposite = TicketOf(json.TextOf(root, "opposite"));
  return(command.position != 0 && command.opposite != 0);
}

// False where not even an answer can be given.
bool ReadHead(const CJson &json, const int root, Command &command) {
  long attempt = 0;
  ClearCommand(command);
  command.type = json.TextOf(root, "t");
  command.id = json.TextOf(root, "id");
  command.magic = TicketOf(json.TextOf(root, "magic"));
  double until = 0.0;
  if(!json.WholeOf(root, "attempt", attempt) || attempt < 1 || attempt > 1000) return(false);
  if(!json.NumberOf(root, "untilMs", until) || MathAbs(until) > 9007199254740991.0) return(false);
  command.attempt = (int)attempt;
  command.until_ms = (long)MathFloor(until);
  return(IsUuid(command.id) && command.magic != 0);
}

bool IsSameAccount(void) {
  if(TicketText((ulong)AccountInfoInteger(ACCOUNT_LOGIN)) != g_login) return(false);
  return(AccountInfoString(ACCOUNT_SERVER) == g_broker_server);
}

ENUM_ORDER_TYPE_FILLING FillingOf(const string symbol) {
  long flags = SymbolInfoInteger(symbol, SYMBOL_FILLING_MODE);
  // What can be had is better than nothing, above all where a position is to be closed.
  if((flags & SYMBOL_FILLING_IOC) != 0) return(ORDER_FILLING_IOC);
  if((flags & SYMBOL_FILLING_FOK) != 0) return(ORDER_FILLING_FOK);
  return(ORDER_FILLING_RETURN);
}

ENUM_ORDER_TYPE OrderTypeOf(const Command &command) {
  if(command.kind == "limit") return(command.is_buy ? ORDER_TYPE_BUY_LIMIT : ORDER_TYPE_SELL_LIMIT);
  if(command.kind == "stop") return(command.is_buy ? ORDER_TYPE_BUY_STOP : ORDER_TYPE_SELL_STOP);
  if(command.kind == "stop-limit") return(command.is_buy ? ORDER_TYPE_BUY_STOP_LIMIT : ORDER_TYPE_SELL_STOP_LIMIT);
  return(command.is_buy ? ORDER_TYPE_BUY : ORDER_TYPE_SELL);
}

// Never nearer than the symbol's digits, which brokers call an invalid price.
double OnGrid(const string symbol, const double price) {
  return(NormalizeDouble(price, (int)SymbolInfoInteger(symbol, SYMBOL_DIGITS)));
}

// "" or why not. The price of a deal now, no worse than was asked.
string DealPrice(const string symbol, const bool is_buy, const double worst_price, double &price) {
  MqlTick tick;
  price = 0.0;
  if(!SymbolInfoTick(symbol, tick) || tick.bid <= 0.0 || tick.ask <= 0.0) return("price");
  price = is_buy ? tick.ask : tick.bid;
  if(worst_price <= 0.0) return("");
  double slack = SymbolInfoDouble(symbol, SYMBOL_POINT) / 2.0;
  if(is_buy && price > worst_price + slack) return("price");
  if(!is_buy && price < worst_price - slack) return("price");
  return("");
}

// "" or why not.
string SetEnd(const Command &command, const string symbol, MqlTradeRequest &request) {
  if(command.lasts_until_ms == 0) {
    request.type_time = ORDER_TIME_GTC;
    return("");
  }
  if((SymbolInfoInteger(symbol, SYMBOL_EXPIRATION_MODE) & SYMBOL_EXPIRATION_SPECIFIED) == 0) return("invalid");
  request.type_time = ORDER_TIME_SPECIFIED;
  request.expiration = (datetime)(command.lasts_until_ms / 1000 + ServerOffsetSeconds());
  return("");
}

string PreparePlace(const Command &command, MqlTradeRequest &request) {
  if(!SymbolSelect(command.symbol, true)) return("symbol");
  request.symbol = command.symbol;
  request.volume = command.volume;
  request.type = OrderTypeOf(command);
  request.sl = OnGrid(command.symbol, command.sl);
  request.tp = OnGrid(command.symbol, command.tp);
  request.deviation = command.deviation;
  request.comment = command.comment;
  if(command.kind != "market") {
    request.action = TRADE_ACTION_PENDING;
    request.price = OnGrid(command.symbol, command.price);
    request.stoplimit = OnGrid(command.symbol, command.limit_price);
    request.type_filling = ORDER_FILLING_RETURN;
    return(SetEnd(command, command.symbol, request));
  }
  double price = 0.0;
  string why = DealPrice(command.symbol, command.is_buy, command.worst_price, price);
  request.action = TRADE_ACTION_DEAL;
  request.price = price;
  request.type_filling = FillingOf(command.symbol);
  return(why);
}

string PrepareClose(const Command &command, MqlTradeRequest &request) {
  ulong ticket = SelectPosition(command.position);
  if(ticket == 0) return("position");
  string symbol = PositionGetString(POSITION_SYMBOL);
  bool is_buy = (PositionGetInteger(POSITION_TYPE) == POSITION_TYPE_SELL);
  double price = 0.0;
  request.action = TRADE_ACTION_DEAL;
  request.position = ticket;
  request.symbol = symbol;
  // Never more than is there: on a netting account the rest would open the reverse.
  request.volume = MathMin(command.volume, PositionGetDouble(POSITION_VOLUME));
  request.type = is_buy ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
  request.deviation = command.deviation;
  request.comment = command.comment;
  request.type_filling = FillingOf(symbol);
  string why = DealPrice(symbol, is_buy, command.worst_price, price);
  request.price = price;
  return(why);
}

string PrepareCloseBy(const Command &command, MqlTradeRequest &request) {
  ulong opposite = SelectPosition(command.opposite);
  ulong ticket = SelectPosition(command.position);
  if(ticket == 0 || opposite == 0) return("position");
  request.action = TRADE_ACTION_CLOSE_BY;
  request.position = ticket;
  request.position_by = opposite;
  request.symbol = PositionGetString(POSITION_SYMBOL);
  return("");
}

string PrepareModify(const Command &command, MqlTradeRequest &request) {
  if(command.position != 0) {
    ulong ticket = SelectPosition(command.position);
    if(ticket == 0) return("position");
    request.action = TRADE_ACTION_SLTP;
    request.position = ticket;
    request.symbol = PositionGetString(POSITION_SYMBOL);
    request.sl = OnGrid(request.symbol, command.sl);
    request.tp = OnGrid(request.symbol, command.tp);
    return("");
  }
  if(!OrderSelect(command.order)) return("position");
  string symbol = OrderGetString(ORDER_SYMBOL);
  request.action = TRADE_ACTION_MODIFY;
  request.order = command.order;
  request.symbol = symbol;
  request.type = (ENUM_ORDER_TYPE)OrderGetInteger(ORDER_TYPE);
  request.volume = OrderGetDouble(ORDER_VOLUME_CURRENT);
  request.price = (command.price > 0.0) ? OnGrid(symbol, command.price) : OrderGetDouble(ORDER_PRICE_OPEN);
  bool has_limit = (KindOf(request.type) == "stop-limit" && command.limit_price == 0.0);
  request.stoplimit = has_limit ? OrderGetDouble(ORDER_PRICE_STOPLIMIT) : OnGrid(symbol, command.limit_price);
  request.sl = OnGrid(symbol, command.sl);
  request.tp = OnGrid(symbol, command.tp);
  request.type_filling = (ENUM_ORDER_TYPE_FILLING)OrderGetInteger(ORDER_TYPE_FILLING);
  return(SetEnd(command, symbol, request));
}

// "" where the request is ready, else why it cannot be made.
string Prepare(const Command &command, MqlTradeRequest &request) {
  ZeroMemory(request);
  request.magic = command.magic;
  if(command.type == "place") return(PreparePlace(command, request));
  if(command.type == "close") return(PrepareClose(command, request));
  if(command.type == "close-by") return(PrepareCloseBy(command, request));
  if(command.type == "modify") return(PrepareModify(command, request));
  if(!OrderSelect(command.order)) return("position");
  request.action = TRADE_ACTION_REMOVE;
  request.order = command.order;
  request.symbol = OrderGetString(ORDER_SYMBOL);
  return("");
}

// Which position it was about: what the deal says, else what follows from the kind of account.
ulong PositionAfter(const Command &command, const Result &result) {
  if(command.position != 0) return(command.position);
  if(result.deal == 0) return(0);
  if(HistoryDealSelect(result.deal)) return((ulong)HistoryDealGetInteger(result.deal, DEAL_POSITION_ID));
  if(IsHedging()) return(result.order);
  return(PositionSelect(command.symbol) ? (ulong)PositionGetInteger(POSITION_IDENTIFIER) : 0);
}

// Asks the broker, once, and says what is known then.
void Execute(const Command &command, MqlTradeRequest &request, Result &result) {
  MqlTradeResult answer;
  ZeroMemory(answer);
  ResetLastError();
  bool is_sent = OrderSend(request, answer);
  int error = GetLastError();
  ClearResult(result);
  result.retcode = answer.retcode;
  result.order = answer.order;
  result.deal = answer.deal;
  result.volume = answer.volume;
  result.price = answer.price;
  result.outcome = OutcomeOf(answer.retcode);
  // "Sent" says that it was taken; a code of failure beside it contradicts itself.
  if(is_sent && result.outcome == "rejected") result.outcome = "unknown";
  if(!is_sent && (result.outcome == "placed" || result.outcome == "partial")) result.outcome = "unknown";
  if(!is_sent && answer.retcode == 10009) result.outcome = "unknown";
  // A pending order that is done is only placed.
  if(result.outcome == "done" && command.type == "place" && command.kind != "market") result.outcome = "placed";
  result.position = PositionAfter(command, result);
  g_orders_done++;
  Print("Offing: ", command.type, " ", command.id, ": ", result.outcome, ", code ", result.retcode, ", error ", error);
}

void EntryOfCommand(const Command &command, const MqlTradeRequest &request, Entry &entry) {
  ClearEntry(entry);
  entry.id = command.id;
  entry.attempt = command.attempt;
  entry.magic = command.magic;
  entry.type = command.type;
  entry.position = command.position;
  entry.order = command.order;
  entry.price = request.price;
  entry.limit_price = request.stoplimit;
  entry.sl = request.sl;
  entry.tp = request.tp;
}

// It was seen before: says what became of it, and asks the broker nothing.
void AnswerAgain(const int index) {
  Entry entry;
  entry = g_entries[index];
  if(!entry.is_done) {
    Found found;
    ClearFound(found);
    SelectHistory((long)TimeTradeServer() - 7 * DAY_SECONDS);
    bool is_found = FindAtBroker(entry.magic, entry.id, found);
    ResultOfFound(found, entry.result);
    if(!is_found) entry.result.outcome = "unknown";
  }
  SendResult(entry.id, entry.attempt, entry.result);
}

// "" where the command may be looked at further, else why it is refused.
string WhyNot(const Command &command) {
  if(ReadOnly || g_is_read_only) return("read-only");
  if(!IsSameAccount()) return("wrong-account");
  long left_ms = command.until_ms - NowMs();
  if(left_ms < 0 || left_ms > FARTHEST_UNTIL_MS) return("stale");
  // Without the broker it would only be stale later, or worse, neither done nor not done.
  if(!IsConnected()) return("stale");
  return("");
}

void HandleCommand(const CJson &json, const int root) {
  Command command;
  if(!ReadHead(json, root, command)) {
    Print("Offing: a command could not be read");
    return;
  }
  int seen = EntryOf(command.id, command.attempt);
  if(seen >= 0) {
    AnswerAgain(seen);
    return;
  }
  string why = ReadTarget(json, root, command) ? WhyNot(command) : "invalid";
  if(StringLen(why) > 0) {
    Refuse(command, why);
    return;
  }
  Entry entry;
  Result result;
  Found found;
  MqlTradeRequest request;
  ZeroMemory(request);
  // The journal may have been lost; the broker has not.
  SelectHistory((long)TimeTradeServer() - 7 * DAY_SECONDS);
  if(FindAtBroker(command.magic, "", found)) {
    EntryOfCommand(command, request, entry);
    ResultOfFound(found, result);
    if(JournalIntent(entry)) JournalResult(entry, result);
    SendResult(command.id, command.attempt, result);
    return;
  }
  why = Prepare(command, request);
  if(StringLen(why) > 0) {
    Refuse(command, why);
    return;
  }
  EntryOfCommand(command, request, entry);
  if(!JournalIntent(entry)) {
    Refuse(command, "journal");
    return;
  }
  SendStep("ack", command);
  SendStep("executing", command);
  Execute(command, request, result);
  // What nobody knows stays open in the journal: a later look may know more.
  if(result.outcome != "unknown") JournalResult(entry, result);
  SendResult(command.id, command.attempt, result);
  g_is_dirty = true;
}

//+------------------------------------------------------------------+
//| Questions                                                          |
//+------------------------------------------------------------------+
// False where a question cannot be read.
bool FateJson(const CJson &json, const int node, string &out) {
  long attempt = 0;
  string id = json.TextOf(node, "id");
  ulong magic = TicketOf(json.TextOf(node, "magic"));
  if(!IsUuid(id) || magic == 0 || !json.WholeOf(node, "attempt", attempt) || attempt < 1) return(false);
  int index = EntryOf(id, (int)attempt);
  Found found;
  ClearFound(found);
  bool is_found = FindAtBroker(magic, id, found);
  string known = "never-seen";
  string result = "null";
  if(index >= 0) {
    Entry entry;
    entry = g_entries[index];
    if(!entry.is_done && IsChangeThere(entry)) {
      Result seen;
      ClearResult(seen);
      seen.outcome = "done";
      JournalResult(entry, seen);
    }
    // That may have selected another part of the history.
    if(entry.type == "cancel") SelectHistory(0);
    known = entry.is_done ? "result" : "intent";
    if(entry.is_done) result = ResultJson(entry.result);
  }
  out += (StringLen(out) > 0 ? "," : "") + "{\"id\":" + JsonText(id) + ",\"attempt\":" + IntegerToString(attempt);
  out += ",\"magic\":" + JsonText(TicketText(magic)) + ",\"journal\":" + JsonText(known);
  out += ",\"result\":" + result + ",\"found\":" + (is_found ? FoundJson(found) : "null") + "}";
  return(true);
}

void AnswerFates(const CJson &json, const int root) {
  long request = 0;
  if(!json.WholeOf(root, "request", request)) return;
  bool has_history = SelectHistory(0);
  // Even an account that never traded has its deposit; a history without a deal is not loaded.
  bool is_whole = (IsConnected() && IsSettled() && has_history && HistoryDealsTotal() > 0);
  string list = "";
  int count = 0;
  for(int node = json.First(json.Member(root, "ids")); node >= 0 && count < MOST_FATES; node = json.Next(node)) {
    if(FateJson(json, node, list)) count++;
  }
  string body = "{\"t\":\"fates\",\"request\":" + IntegerToString(request) + ",\"isWhole\":" + JsonBool(is_whole);
  SendMessage("fates", body + ",\"fates\":[" + list + "]}");
}

string DealKindOf(const long type) {
  if(type == DEAL_TYPE_BUY) return("buy");
  if(type == DEAL_TYPE_SELL) return("sell");
  if(type == DEAL_TYPE_BALANCE) return("balance");
  if(type == DEAL_TYPE_CREDIT) return("credit");
  if(type == DEAL_TYPE_CHARGE || type == DEAL_TYPE_CORRECTION || type == DEAL_TYPE_BONUS) return("charge");
  if(type == DEAL_TYPE_COMMISSION || type == DEAL_TYPE_COMMISSION_DAILY || type == DEAL_TYPE_COMMISSION_MONTHLY) return("charge");
  if(type == DEAL_TYPE_INTEREST) return("charge");
  return("other");
}

string DealEntryOf(const long entry) {
  if(entry == DEAL_ENTRY_IN) return("in");
  if(entry == DEAL_ENTRY_OUT) return("out");
  if(entry == DEAL_ENTRY_INOUT) return("inout");
  return("out-by");
}

string DealReasonOf(const long reason) {
  if(reason == DEAL_REASON_CLIENT || reason == DEAL_REASON_MOBILE || reason == DEAL_REASON_WEB) return("client");
  if(reason == DEAL_REASON_EXPERT) return("program");
  if(reason == DEAL_REASON_SL) return("sl");
  if(reason == DEAL_REASON_TP) return("tp");
  if(reason == DEAL_REASON_SO) return("stop-out");
  return("other");
}

// A deposit belongs to no order and no position.
string TicketOrEmpty(const ulong ticket) {
  return(ticket == 0 ? "\"\"" : JsonText(TicketText(ticket)));
}

string DealJson(const ulong deal) {
  string kind = DealKindOf(HistoryDealGetInteger(deal, DEAL_TYPE));
  bool is_trade = (kind == "buy" || kind == "sell");
  double commission = HistoryDealGetDouble(deal, DEAL_COMMISSION) + HistoryDealGetDouble(deal, DEAL_FEE);
  string entry = is_trade ? JsonText(DealEntryOf(HistoryDealGetInteger(deal, DEAL_ENTRY))) : "null";
  string out = "{\"deal\":" + JsonText(TicketText(deal));
  out += ",\"order\":" + TicketOrEmpty((ulong)HistoryDealGetInteger(deal, DEAL_ORDER));
  out += ",\"position\":" + TicketOrEmpty((ulong)HistoryDealGetInteger(deal, DEAL_POSITION_ID));
  out += ",\"symbol\":" + ShortText(HistoryDealGetString(deal, DEAL_SYMBOL), 64);
  out += ",\"kind\":" + JsonText(kind) + ",\"entry\":" + entry;
  out += ",\"volumeLots\":" + JsonNumber(HistoryDealGetDouble(deal, DEAL_VOLUME));
  out += ",\"price\":" + JsonNumber(HistoryDealGetDouble(deal, DEAL_PRICE));
  out += ",\"commission\":" + JsonNumber(commission) + ",\"swap\":" + JsonNumber(HistoryDealGetDouble(deal, DEAL_SWAP));
  out += ",\"profit\":" + JsonNumber(HistoryDealGetDouble(deal, DEAL_PROFIT));
  out += ",\"magic\":" + JsonText(TicketText((ulong)HistoryDealGetInteger(deal, DEAL_MAGIC)));
  out += ",\"comment\":" + ShortText(HistoryDealGetString(deal, DEAL_COMMENT), 64);
  out += ",\"serverMs\":" + IntegerToString(HistoryDealGetInteger(deal, DEAL_TIME_MSC));
  out += ",\"reason\":" + JsonText(DealReasonOf(HistoryDealGetInteger(deal, DEAL_REASON))) + "}";
  return(out);
}

// Tickets of the deals after the cursor, by time and ticket.
void DealsAfter(const long after_ms, const ulong after_deal, ulong &deals[]) {
  long times[];
  int found = 0;
  ArrayResize(deals, 0);
  int count = HistoryDealsTotal();
  for(int i = 0; i < count; i++) {
    ulong deal = HistoryDealGetTicket(i);
    if(deal == 0) continue;
    long time_ms = HistoryDealGetInteger(deal, DEAL_TIME_MSC);
    if(time_ms < after_ms || (time_ms == after_ms && deal <= after_deal)) continue;
    ArrayResize(deals, found + 1, 4096);
    ArrayResize(times, found + 1, 4096);
    // They come nearly sorted, so that hardly any is moved.
    int at = found;
    while(at > 0 && (times[at - 1] > time_ms || (times[at - 1] == time_ms && deals[at - 1] > deal))) {
      deals[at] = deals[at - 1];
      times[at] = times[at - 1];
      at--;
    }
    deals[at] = deal;
    times[at] = time_ms;
    found++;
  }
}

void AnswerDeals(const CJson &json, const int root) {
  long request = 0;
  long limit = 0;
  long after_ms = 0;
  int after = json.Member(root, "after");
  if(!json.WholeOf(root, "request", request) || !json.WholeOf(root, "limit", limit)) return;
  if(!json.WholeOf(after, "serverMs", after_ms)) return;
  ulong after_deal = TicketOf(json.TextOf(after, "deal"));
  bool has_history = SelectHistory(MathMax(after_ms / 1000 - 1, (long)0));
  bool is_whole = (IsConnected() && IsSettled() && has_history);
  ulong deals[];
  DealsAfter(after_ms, after_deal, deals);
  int count = ArraySize(deals);
  int most = (int)MathMin(MathMax(limit, (long)1), (long)MOST_DEALS);
  string list = "";
  int sent = 0;
  while(sent < count && sent < most && StringLen(list) < MOST_BODY_LENGTH - 4096) {
    list += (sent > 0 ? "," : "") + DealJson(deals[sent]);
    sent++;
  }
  string body = "{\"t\":\"deals\",\"request\":" + IntegerToString(request) + ",\"isWhole\":" + JsonBool(is_whole);
  SendMessage("deals", body + ",\"hasMore\":" + JsonBool(sent < count) + ",\"deals\":[" + list + "]}");
}

//+------------------------------------------------------------------+
//| Past prices                                                        |
//|                                                                    |
//| A program that asks for prices which are not loaded waits for them |
//| up to 45 seconds, and meanwhile no order is carried out. So only   |
//| what the terminal has ready is read; what it has not is loaded by  |
//| an indicator, which waits in a thread of its own.                  |
//+------------------------------------------------------------------+
// False where the terminal has no such period.
bool PeriodOf(const string timeframe, ENUM_TIMEFRAMES &period) {
  period = PERIOD_M1;
  if(timeframe == "M1") return(true);
  if(timeframe == "M2") period = PERIOD_M2;
  else if(timeframe == "M3") period = PERIOD_M3;
  else if(timeframe == "M4") period = PERIOD_M4;
  else if(timeframe == "M5") period = PERIOD_M5;
  else if(timeframe == "M6") period = PERIOD_M6;
  else if(timeframe == "M10") period = PERIOD_M10;
  else if(timeframe == "M12") period = PERIOD_M12;
  else if(timeframe == "M15") period = PERIOD_M15;
  else if(timeframe == "M20") period = PERIOD_M20;
  else if(timeframe == "M30") period = PERIOD_M30;
  else if(timeframe == "H1") period = PERIOD_H1;
  else if(timeframe == "H2") period = PERIOD_H2;
  else if(timeframe == "H3") period = PERIOD_H3;
  else if(timeframe == "H4") period = PERIOD_H4;
  else if(timeframe == "H6") period = PERIOD_H6;
  else if(timeframe == "H8") period = PERIOD_H8;
  else if(timeframe == "H12") period = PERIOD_H12;
  else if(timeframe == "D1") period = PERIOD_D1;
  else if(timeframe == "W1") period = PERIOD_W1;
  else if(timeframe == "MN1") period = PERIOD_MN1;
  return(period != PERIOD_M1);
}

// Has it loaded beside, unless that was begun before.
void LoadHistory(const string symbol, const string timeframe, const ENUM_TIMEFRAMES period) {
  string name = symbol + "|" + timeframe;
  int count = ArraySize(g_loading_name);
  for(int i = 0; i < count; i++) {
    if(g_loading_name[i] == name) return;
  }
  if(count >= MOST_LOADING) {
    IndicatorRelease(g_loading_handle[0]);
    count--;
    for(int i = 0; i < count; i++) {
      g_loading_name[i] = g_loading_name[i + 1];
      g_loading_handle[i] = g_loading_handle[i + 1];
    }
  }
  ArrayResize(g_loading_name, count + 1, 8);
  ArrayResize(g_loading_handle, count + 1, 8);
  g_loading_name[count] = name;
  g_loading_handle[count] = iMA(symbol, period, 1, 0, MODE_SMA, PRICE_CLOSE);
}

void SendBars(const BarAsk &ask, const bool is_whole, const bool has_more, const long digits, const string lacks, const string list) {
  string body = "{\"t\":\"bars\",\"request\":" + IntegerToString(ask.request) + ",\"isWhole\":" + JsonBool(is_whole);
  body += ",\"hasMore\":" + JsonBool(has_more) + ",\"digits\":" + IntegerToString(digits);
  body += ",\"lacks\":" + (StringLen(lacks) > 0 ? JsonText(lacks) : "null") + ",\"bars\":[" + list + "]}";
  SendMessage("bars", body);
}

string BarJson(const MqlRates &rate, const double scale) {
  string out = "[" + IntegerToString((long)rate.time) + "," + IntegerToString((long)MathRound(rate.open * scale));
  out += "," + IntegerToString((long)MathRound(rate.high * scale)) + "," + IntegerToString((long)MathRound(rate.low * scale));
  out += "," + IntegerToString((long)MathRound(rate.close * scale)) + "," + IntegerToString(rate.tick_volume) + "]";
  return(out);
}

void AnswerBars(const BarAsk &ask) {
  ENUM_TIMEFRAMES period = PERIOD_M1;
  if(StringLen(ask.symbol) < 1 || StringLen(ask.symbol) > 64 || !SymbolSelect(ask.symbol, true)) {
    SendBars(ask, true, false, 0, "symbol", "");
    return;
  }
  if(!PeriodOf(ask.timeframe, period)) {
    SendBars(ask, true, false, 0, "timeframe", "");
    return;
  }
  long digits = SymbolInfoInteger(ask.symbol, SYMBOL_DIGITS);
  // Only position and number within what is there: a time before it would have it loaded, and wait.
  int there = (SeriesInfoInteger(ask.symbol, period, SERIES_SYNCHRONIZED) != 0) ? Bars(ask.symbol, period) : 0;
  if(!IsConnected() || !IsSettled() || there < 1) {
    LoadHistory(ask.symbol, ask.timeframe, period);
    SendBars(ask, false, false, digits, "", "");
    return;
  }
  int from = 0;
  if(ask.before_s >= 0) from = iBarShift(ask.symbol, period, (datetime)(ask.before_s - 1), false);
  if(from < 0) {
    SendBars(ask, true, false, digits, "", "");
    return;
  }
  int most = (int)MathMin(MathMax(ask.limit, (long)1), (long)MOST_BARS);
  int count = MathMin(most, there - from);
  MqlRates rates[];
  ArrayResize(rates, 0);
  int copied = (count > 0) ? CopyRates(ask.symbol, period, from, count, rates) : 0;
  if(copied < 0) {
    SendBars(ask, false, false, digits, "", "");
    return;
  }
  double scale = MathPow(10.0, (double)digits);
  string list = "";
  for(int i = 0; i < copied; i++) {
    // Where the history begins later, the oldest stands for what is before it.
    if(ask.before_s >= 0 && (long)rates[i].time >= ask.before_s) continue;
    if(rates[i].low <= 0.0) continue;
    list += (StringLen(list) > 0 ? "," : "") + BarJson(rates[i], scale);
  }
  SendBars(ask, true, there - from > copied, digits, "", list);
}

// Kept until a turn in which no order waits.
void TakeBarAsk(const CJson &json, const int root) {
  BarAsk ask;
  long before_ms = 0;
  ask.request = 0;
  ask.symbol = json.TextOf(root, "symbol");
  ask.timeframe = json.TextOf(root, "timeframe");
  ask.before_s = -1;
  ask.limit = 0;
  if(!json.WholeOf(root, "request", ask.request) || !json.WholeOf(root, "limit", ask.limit)) return;
  // A bar opens on a whole second.
  if(json.WholeOf(root, "beforeServerMs", before_ms)) ask.before_s = (before_ms + 999) / 1000;
  int count = ArraySize(g_bar_asks);
  if(count >= MOST_BAR_ASKS) {
    SendBars(ask, false, false, 0, "", "");
    return;
  }
  ArrayResize(g_bar_asks, count + 1, MOST_BAR_ASKS);
  g_bar_asks[count] = ask;
}

// One page at a turn, and none while anything of the server waits to be heard.
void AnswerOneBarAsk(void) {
  if(ArraySize(g_bar_asks) == 0 || WaitingFrames() > 0) return;
  BarAsk ask;
  ask = g_bar_asks[0];
  int left = ArraySize(g_bar_asks) - 1;
  for(int i = 0; i < left; i++) g_bar_asks[i] = g_bar_asks[i + 1];
  ArrayResize(g_bar_asks, left, MOST_BAR_ASKS);
  AnswerBars(ask);
}

//+------------------------------------------------------------------+
//| Messages of the server                                             |
//+------------------------------------------------------------------+
void TakeSettings(const CJson &json, const int root) {
  long quotes_ms = 0;
  g_is_read_only = json.BoolOf(root, "isReadOnly");
  if(json.WholeOf(root, "quotesMs", quotes_ms)) g_quotes_ms = MathMin(MathMax(quotes_ms, (long)50), (long)10000);
}

bool IsCommandType(const string type) {
  return(type == "place" || type == "modify" || type == "cancel" || type == "close" || type == "close-by");
}

// True where it may have asked the broker, which takes its time.
bool HandleMessage(const CJson &json, const int root, const string type) {
  if(IsCommandType(type)) {
    HandleCommand(json, root);
    return(true);
  }
  if(type == "settings") TakeSettings(json, root);
  else if(type == "snapshot") SendSnapshot();
  else if(type == "fate") AnswerFates(json, root);
  else if(type == "deals") AnswerDeals(json, root);
  else if(type == "subscribe") Subscribe(json, root);
  else if(type == "bars") TakeBarAsk(json, root);
  // Another type is of a newer server, which does without an answer; a beat was heard, that is all.
  return(false);
}

void TakeChallenge(const CJson &json, const int root) {
  long version = 0;
  g_server_nonce = json.TextOf(root, "nonce");
  g_session = json.TextOf(root, "session");
  bool is_good = (json.TextOf(root, "t") == "challenge" && json.WholeOf(root, "v", version) && IsHex(g_server_nonce, 64));
  if(!is_good || !IsUuid(g_session)) {
    CloseLink("What answers there is no Offing server", 0);
    return;
  }
  if(version != 1) {
    CloseLink("The server speaks a newer language: load a new Offing.mq5 from it", REFUSED_WAIT_MS);
    return;
  }
  g_login = TicketText((ulong)AccountInfoInteger(ACCOUNT_LOGIN));
  g_broker_server = AccountInfoString(ACCOUNT_SERVER);
  if(StringLen(g_broker_server) > 128 || StringFind(g_broker_server, "|") >= 0) {
    CloseLink("The name of the broker's server cannot be told", REFUSED_WAIT_MS);
    return;
  }
  g_nonce = RandomHex();
  string mac = HmacHex(g_token, "auth|1|" + g_server_nonce + "|" + g_nonce + "|" + g_device + "|" + g_login + "|" + g_broker_server + "|" + g_session);
  string body = "{\"t\":\"auth\",\"v\":1,\"accountId\":" + JsonText(g_account_id) + ",\"nonce\":" + JsonText(g_nonce);
  body += ",\"device\":" + JsonText(g_device) + ",\"login\":" + JsonText(g_login) + ",\"server\":" + JsonText(g_broker_server);
  body += ",\"build\":" + JsonText(BUILD_NAME + ", terminal " + IntegerToString(TerminalInfoInteger(TERMINAL_BUILD)));
  body += ",\"caps\":[\"bars\"],\"mac\":" + JsonText(mac) + "}";
  if(!SendText(body)) {
    CloseLink("The connection was cut", 0);
    return;
  }
  g_link = LINK_READY_AWAITED;
}

void TakeReady(const CJson &json, const int root) {
  string expected = HmacHex(g_token, "ready|1|" + g_server_nonce + "|" + g_nonce + "|" + g_session);
  if(json.TextOf(root, "t") != "ready" || !IsSameSeal(json.TextOf(root, "mac"), expected)) {
    CloseLink("The server could not prove that it is yours", REFUSED_WAIT_MS);
    return;
  }
  g_session_key = HmacHex(g_token, "key|1|" + g_server_nonce + "|" + g_nonce + "|" + g_session);
  g_sent_count = 0;
  g_heard_count = 0;
  g_link = LINK_UP;
  g_problem = "";
  g_account_text = "";
  g_symbols_text = "";
  g_is_read_only = false;
  SendBeat();
  SendAccount();
  SendSymbols();
  SendSnapshot();
}

// True where it was a command.
bool TakeFrame(const CJson &json, const int root) {
  long version = 0;
  long count = 0;
  long ack = 0;
  string type = json.TextOf(root, "t");
  string body = json.TextOf(root, "b");
  bool is_good = (json.WholeOf(root, "v", version) && version == 1 && json.WholeOf(root, "q", count) && json.WholeOf(root, "ack", ack));
  // In order, none left out, none twice; and it cannot have heard what was never said.
  if(!is_good || count != g_heard_count + 1 || ack < 0 || ack > g_sent_count) {
    CloseLink("A frame of the server is out of order", 0);
    return(false);
  }
  string sealed = "1|" + g_session + "|s|" + IntegerToString(count) + "|" + IntegerToString(ack) + "|" + type + "|" + body;
  if(!IsSameSeal(json.TextOf(root, "m"), HmacHex(g_session_key, sealed))) {
    CloseLink("A frame was changed on its way", 0);
    return(false);
  }
  g_heard_count = count;
  // It is the server, and it takes what is said to it.
  g_backoff_ms = FIRST_BACKOFF_MS;
  CJson message;
  if(!message.Parse(body) || message.TextOf(0, "t") != type) {
    CloseLink("A message of the server makes no sense", 0);
    return(false);
  }
  return(HandleMessage(message, 0, type));
}

bool TakeText(const string text) {
  CJson json;
  if(!json.Parse(text)) {
    CloseLink("The server says what is no JSON", 0);
    return(false);
  }
  if(g_link == LINK_CHALLENGE) TakeChallenge(json, 0);
  else if(g_link == LINK_READY_AWAITED) TakeReady(json, 0);
  else if(g_link == LINK_UP) return(TakeFrame(json, 0));
  return(false);
}

// True where it was a command.
bool TakeData(const int opcode, const bool is_last, uchar &payload[], const int count) {
  bool is_continued = (opcode == WS_CONTINUED);
  int have = ArraySize(g_fragments);
  if(is_continued != g_is_fragmented || have + count > MOST_MESSAGE_BYTES) {
    CloseLink("The server broke the rules of WebSockets", 0);
    return(false);
  }
  if(is_last && !is_continued) return(TakeText(count > 0 ? CharArrayToString(payload, 0, count, CP_UTF8) : ""));
  if(count > 0) ArrayCopy(g_fragments, payload, have, 0, count);
  g_is_fragmented = !is_last;
  if(!is_last) return(false);
  string text = (have + count > 0) ? CharArrayToString(g_fragments, 0, have + count, CP_UTF8) : "";
  ArrayResize(g_fragments, 0);
  return(TakeText(text));
}

bool TakeControl(const int opcode, uchar &payload[], const int count) {
  if(opcode == WS_PING && !SendFrame(WS_PONG, payload, count)) CloseLink("The connection was cut", 0);
  if(opcode == WS_CLOSE) {
    uchar echo[];
    ArrayResize(echo, 0);
    if(count >= 2) ArrayCopy(echo, payload, 0, 0, 2);
    SendFrame(WS_CLOSE, echo, ArraySize(echo));
    ClosedByServer(payload, count);
  }
  return(false);
}

// Takes one frame out of what was received; false = there is none, or it was a command.
bool TakeWebSocketFrame(void) {
  int head = 0;
  int count = 0;
  int length = FrameLength(0, head, count);
  if(length == 0) return(false);
  int opcode = (length < 0) ? -1 : ((int)g_received[0] & 0x0F);
  bool is_last = (length > 0 && ((int)g_received[0] & 0x80) != 0);
  bool is_control = (opcode == WS_CLOSE || opcode == WS_PING || opcode == WS_PONG);
  bool is_data = (opcode == WS_TEXT || opcode == WS_CONTINUED);
  if((!is_control && !is_data) || (is_control && (!is_last || count > 125))) {
    CloseLink("The server broke the rules of WebSockets", 0);
    return(false);
  }
  uchar payload[];
  ArrayResize(payload, count);
  if(count > 0) ArrayCopy(payload, g_received, 0, head, count);
  ArrayRemove(g_received, 0, length);
  g_heard_ms = NowMs();
  bool was_command = is_control ? TakeControl(opcode, payload, count) : TakeData(opcode, is_last, payload, count);
  return(!was_command);
}

//+------------------------------------------------------------------+
//| Events                                                             |
//+------------------------------------------------------------------+
bool ReadPairingCode(void) {
  string code = PairingCode;
  StringTrimLeft(code);
  StringTrimRight(code);
  StringToLower(code);
  int length = StringLen(code);
  if(length != 69 || StringGetCharacter(code, 36) != '.') return(false);
  g_account_id = StringSubstr(code, 0, 36);
  g_token = StringSubstr(code, 37);
  return(IsUuid(g_account_id) && IsHex(g_token, 32));
}

bool SelfTest(void) {
  string text = "The quick brown fox jumps over the lazy dog";
  if(HmacHex("key", text) != "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8") return(false);
  return(Sha256Hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

void ShowStatus(void) {
  g_status_ms = NowMs();
  string text = "Offing: ";
  if(g_link == LINK_UP) text += "connected to " + HostHeader();
  else if(g_link == LINK_DOWN) text += "not connected";
  else text += "connecting to " + HostHeader();
  if(g_link == LINK_DOWN) {
    long wait_s = MathMax((g_next_try_ms - NowMs() + 999) / 1000, (long)0);
    text += ", next try in " + IntegerToString(wait_s) + " s";
  }
  if(StringLen(g_problem) > 0) text += "\n" + g_problem;
  if(!IsConnected()) text += "\nThis terminal is not connected to the broker";
  else if(ReadOnly || g_is_read_only) text += "\nRead-only: nothing is traded";
  else if(!IsTradeAllowed()) text += "\nTrading by programs is switched off: press Algo Trading, and allow it for this chart";
  text += "\nOrders carried out since the start: " + IntegerToString(g_orders_done);
  Comment(text);
}

int Stop(const string why) {
  Print("Offing: ", why);
  Comment("Offing: " + why);
  return(INIT_PARAMETERS_INCORRECT);
}

int OnInit(void) {
  MathSrand((int)(GetMicrosecondCount() & 0x7FFFFFFF));
  if(MQLInfoInteger(MQL_TESTER) != 0) return(Stop("this is no strategy to be tested"));
  if(!SelfTest()) return(Stop("this terminal computes seals wrongly; nothing is sent"));
  if(!ReadPairingCode()) return(Stop("enter the pairing code of the Connections page"));
  if(!ServerTls && ServerPort != 443 && !IsPrivateHost(ServerHost)) {
    return(Stop("a server that is not on this network has to be reached encrypted"));
  }
  if(!OpenJournal()) return(Stop("another chart or terminal runs this connection already, or the disk is full"));
  if(!EventSetMillisecondTimer(TIMER_MS)) return(Stop("no timer is left"));
  g_next_try_ms = NowMs();
  ShowStatus();
  return(INIT_SUCCEEDED);
}

void OnDeinit(const int reason) {
  EventKillTimer();
  if(g_link == LINK_UP) {
    uchar code[2];
    code[0] = 0x03;
    code[1] = 0xE9;
    SendFrame(WS_CLOSE, code, 2);
  }
  CloseLink("", 0);
  if(g_journal != INVALID_HANDLE) FileClose(g_journal);
  g_journal = INVALID_HANDLE;
  // What `Stop` wrote is to be read.
  if(reason != REASON_INITFAILED) Comment("");
}

void WatchTerminal(void) {
  bool is_connected = IsConnected();
  if(is_connected != (g_connected_since_ms >= 0)) {
    g_connected_since_ms = is_connected ? NowMs() : -1;
    // Until it hears of it, the server would go on sending orders.
    if(g_link == LINK_UP) SendBeat();
  }
  if(g_link == LINK_UP && !IsSameAccount()) CloseLink("The terminal is signed in to another account now", 0);
}

// False where the connection is gone.
bool Receive(void) {
  uchar bytes[];
  for(int i = 0; i < 64; i++) {
    int count = ReadBytes(bytes);
    if(count < 0) {
      // What came before the end is still worth reading: it may say why.
      return(ArraySize(g_received) > 0);
    }
    if(count == 0) return(true);
    ArrayCopy(g_received, bytes, ArraySize(g_received), 0, count);
    if(ArraySize(g_received) > 2 * MOST_MESSAGE_BYTES) return(true);
  }
  return(true);
}

// A broker that was asked takes its time, so only one command is taken at each call.
void Listen(void) {
  if(!Receive()) {
    CloseLink("The connection was cut", 0);
    return;
  }
  if(g_link == LINK_UPGRADE && !TakeUpgrade()) return;
  if(g_link == LINK_UPGRADE) return;
  while(g_link != LINK_DOWN && TakeWebSocketFrame()) BeatWhenDue();
}

void SendWhatIsDue(void) {
  long now_ms = NowMs();
  BeatWhenDue();
  if(ArraySize(g_subscribed) > 0 && now_ms - g_quotes_at_ms >= g_quotes_ms) SendQuotes();
  if(now_ms - g_account_ms >= ACCOUNT_MS) SendAccount();
  if(now_ms - g_symbols_ms >= SYMBOLS_MS) SendSymbols();
  // What a terminal that is not connected does not have may be there all the same.
  bool is_due = (g_is_dirty || now_ms - g_look_ms >= LOOK_AGAIN_MS);
  if(is_due && IsConnected() && IsSettled()) SendDelta();
}

void WatchLink(void) {
  long now_ms = NowMs();
  if(g_link == LINK_DOWN) return;
  if(g_link != LINK_UP && now_ms - g_link_since_ms > INTRODUCTION_LIMIT_MS) CloseLink("The server does not answer", 0);
  else if(now_ms - g_heard_ms > SILENCE_LIMIT_MS) CloseLink("The server fell silent", 0);
}

void OnTimer(void) {
  WatchTerminal();
  if(NowMs() - g_status_ms >= STATUS_MS) ShowStatus();
  if(g_link == LINK_DOWN) {
    // Before it has signed in, a terminal has no account to speak of.
    bool has_account = (AccountInfoInteger(ACCOUNT_LOGIN) != 0 && StringLen(AccountInfoString(ACCOUNT_SERVER)) > 0);
    if(has_account && NowMs() >= g_next_try_ms) Connect();
    return;
  }
  Listen();
  WatchLink();
  if(g_link == LINK_UP) SendWhatIsDue();
  if(g_link == LINK_UP) AnswerOneBarAsk();
}

void OnTrade(void) {
  g_is_dirty = true;
}

void OnTradeTransaction(const MqlTradeTransaction &transaction, const MqlTradeRequest &request, const MqlTradeResult &result) {
  // They come in any order and without comments: they only say that it is time to look.
  g_is_dirty = true;
}

void OnTick(void) {
}
//+------------------------------------------------------------------+
