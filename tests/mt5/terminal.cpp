// A terminal with the program on its chart, and ways for tests to ask parts of it directly.
#include <iostream>
#include "mql5-broker.hpp"
#include "program.gen.cpp"

static int mql_run() {
  mql_connect_broker();
  mql_pull();
  int started = OnInit();
  if (started != INIT_SUCCEEDED) return 2;
  while (mql_timer_ms > 0) {
    mql_pull();
    while (!mql_transactions.empty()) {
      MqlTradeTransaction event = mql_transactions.front();
      mql_transactions.pop_front();
      OnTradeTransaction(event, MqlTradeRequest(), MqlTradeResult());
      OnTrade();
    }
    OnTimer();
    usleep(mql_timer_ms * 1000);
  }
  return 0;
}

static std::string mql_written(const CJson &json, const std::string &text);

// One line in, one line out: the book at the broker, a seal, a JSON text.
static int mql_answer(const std::string &what) {
  std::string line;
  if (what == "book") mql_connect_broker();
  while (std::getline(std::cin, line)) {
    if (what == "book") {
      mql_pull();
      MqlArr<BookLine> book;
      ReadBook(book);
      std::string out = "{\"hash\":\"" + BookHash(book).narrow() + "\",\"positions\":" + BookJson(book, true).narrow();
      std::cout << out << ",\"orders\":" << BookJson(book, false).narrow() << "}" << std::endl;
    } else if (what == "seal") {
      MqlLine part = mql_split(line);
      std::cout << HmacHex(string(part.at(0)), string(part.at(1))).narrow() << std::endl;
    } else {
      CJson json;
      std::cout << mql_written(json, line) << std::endl;
    }
  }
  return 0;
}

static std::string mql_node(const CJson &json, int node) {
  int kind = json.Kind(node);
  if (kind == JSON_NULL) return "null";
  if (kind == JSON_TEXT) return JsonText(json.ValueOf(node)).narrow();
  std::string out;
  if (kind == JSON_LIST) {
    for (int child = json.First(node); child >= 0; child = json.Next(child)) out += (out.empty() ? "" : ",") + mql_node(json, child);
    return "[" + out + "]";
  }
  if (kind != JSON_OBJECT) return "0";
  for (int child = json.First(node); child >= 0; child = json.Next(child)) out += (out.empty() ? "" : ",") + mql_node(json, child);
  return "{" + out + "}";
}
static std::string mql_written(const CJson &, const std::string &text) {
  CJson json;
  if (!json.Parse(string(text))) return "bad";
  double number = 0.0;
  if (json.NumberOf(0, "n"_s, number)) return JsonNumber(number).narrow();
  return mql_node(json, 0);
}

// Broken JSON and broken frames, which must be refused and never break the program.
static int mql_fuzz(int seed) {
  mql_account.assign(13, "1");
  mql_world.assign(6, "1");
  srand(seed);
  std::string base = "{\"t\":\"place\",\"id\":\"a\",\"l\":[1,2,{\"x\":null}],\"s\":\"\\u00e9\\n\\\"q\\\\\",\"n\":-1.5e3,\"b\":true}";
  const char letters[] = "{}[]\",:\\u0eE 1-.tfn";
  for (int i = 0; i < 60000; i++) {
    std::string text = base;
    for (int k = 1 + rand() % 4; k > 0 && !text.empty(); k--) {
      size_t at = rand() % text.size();
      int way = rand() % 3;
      if (way == 0) text[at] = letters[rand() % (sizeof letters - 1)];
      else if (way == 1) text.erase(at, 1 + rand() % 3);
      else text.insert(at, 1, letters[rand() % (sizeof letters - 1)]);
    }
    CJson json;
    if (json.Parse(string(text))) mql_node(json, 0);
  }
  for (int i = 0; i < 60000; i++) {
    g_link = LINK_DOWN + 1 + rand() % 4;
    std::vector<uchar> bytes;
    for (int n = rand() % 60; n > 0; n--) bytes.push_back((uchar)rand());
    if (bytes.size() > 2 && rand() % 2) {
      bytes[0] = (uchar)(0x80 | (rand() % 2 ? 1 : rand() % 11));
      bytes[1] = (uchar)(rand() % 60);
    }
    g_received.v = bytes;
    if (g_link == LINK_UPGRADE) TakeUpgrade();
    else while (g_link != LINK_DOWN && TakeWebSocketFrame()) continue;
  }
  std::cout << "whole" << std::endl;
  return 0;
}

int main(int count, char **words) {
  std::string what = count > 1 ? words[1] : "run";
  if (what == "run") return mql_run();
  if (what == "fuzz") return mql_fuzz(atoi(words[2]));
  return mql_answer(what);
}
