// The part of MQL5's runtime that reaches outside: clock, sockets and files, with their oddities.
#pragma once
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <fcntl.h>
#include <map>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include "mql5-language.hpp"

inline const char *mql_setting(const char *name) { return getenv(name); }
template <class T> T mql_input(const char *name, T otherwise) {
  const char *set = mql_setting(name);
  if (!set) return otherwise;
  if constexpr (std::is_same_v<T, string>) return string(std::string(set));
  else if constexpr (std::is_same_v<T, bool>) return std::string(set) == "true";
  else return (T)atof(set);
}

// ---- clock
inline uint64_t mql_now_us() {
  auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}
inline ulong GetTickCount64() { return mql_now_us() / 1000; }
inline ulong GetMicrosecondCount() { return mql_now_us(); }
inline datetime TimeGMT() { return time(nullptr); }
inline datetime TimeLocal() { return time(nullptr); }
inline int mql_timer_ms = 0;
inline bool EventSetMillisecondTimer(int ms) {
  mql_timer_ms = ms < 16 ? 16 : ms;
  return true;
}
inline void EventKillTimer() { mql_timer_ms = 0; }

// ---- sockets
struct MqlSocket {
  int fd = -1;
  bool is_up = false;
  bool was_asked = false;
  int send_ms = 0;
};
inline std::map<int, MqlSocket> mql_sockets;
inline int mql_next_socket = 1;
inline MqlSocket *mql_socket(int handle) {
  auto found = mql_sockets.find(handle);
  if (found == mql_sockets.end()) mql_error = 5270;
  return found == mql_sockets.end() ? nullptr : &found->second;
}
inline int SocketCreate() {
  mql_sockets[mql_next_socket] = MqlSocket();
  return mql_next_socket++;
}
inline bool SocketTimeouts(int handle, uint send_ms, uint) {
  auto *k = mql_socket(handle);
  if (k) k->send_ms = (int)send_ms;
  return k != nullptr;
}
inline bool mql_refuse_connection(int fd) {
  if (fd >= 0) close(fd);
  mql_error = 5272;
  return false;
}
inline bool SocketConnect(int handle, const string &host, uint port, uint limit_ms) {
  auto *k = mql_socket(handle);
  if (!k) return false;
  if (k->send_ms == 0) mql_die("SocketTimeouts has no default");
  const char *allowed = mql_setting("MQL_ALLOWED");
  if (!allowed || host.narrow() != allowed) {
    mql_error = 4014;
    return false;
  }
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(allowed, std::to_string(port).c_str(), &hints, &found) || !found) return mql_refuse_connection(-1);
  int fd = socket(found->ai_family, SOCK_STREAM, 0);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  int failed = connect(fd, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  if (failed && errno != EINPROGRESS) return mql_refuse_connection(fd);
  pollfd wanted{fd, POLLOUT, 0};
  if (poll(&wanted, 1, (int)limit_ms) <= 0) return mql_refuse_connection(fd);
  int error = 0, one = 1;
  socklen_t length = sizeof error;
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error) return mql_refuse_connection(fd);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  k->fd = fd;
  k->is_up = true;
  return true;
}
inline bool SocketClose(int handle) {
  auto *k = mql_socket(handle);
  if (!k) return false;
  if (k->fd >= 0) close(k->fd);
  mql_sockets.erase(handle);
  return true;
}
inline bool SocketIsConnected(int handle) {
  auto *k = mql_socket(handle);
  return k && k->is_up;
}
// Says once that a byte is there where none is, as MetaTrader does on a connection that is ending.
inline uint SocketIsReadable(int handle) {
  auto *k = mql_socket(handle);
  if (!k || !k->is_up) return 0;
  int waiting = 0;
  ioctl(k->fd, FIONREAD, &waiting);
  if (waiting > 0) return (uint)waiting;
  char c;
  ssize_t got = recv(k->fd, &c, 1, MSG_PEEK);
  if (got == 0 || (got < 0 && errno != EAGAIN)) {
    k->is_up = false;
    mql_error = 5273;
    return 0;
  }
  bool was_asked = k->was_asked;
  k->was_asked = true;
  return was_asked ? 0 : 1;
}
inline int SocketRead(int handle, MqlArr<uchar> &out, uint most, uint limit_ms) {
  auto *k = mql_socket(handle);
  if (!k || !k->is_up) return -1;
  if (limit_ms == 0) mql_die("SocketRead: a time-out of 0 is 120 s");
  std::vector<uchar> bytes(most);
  uint64_t end = mql_now_us() + limit_ms * 1000ull;
  for (;;) {
    ssize_t got = recv(k->fd, bytes.data(), most, 0);
    if (got > 0) {
      out.v.assign(bytes.begin(), bytes.begin() + got);
      return (int)got;
    }
    if (got == 0 || errno != EAGAIN) k->is_up = false;
    mql_error = 5273;
    if (!k->is_up || mql_now_us() >= end) return -1;
    pollfd wanted{k->fd, POLLIN, 0};
    poll(&wanted, 1, (int)((end - mql_now_us()) / 1000 + 1));
  }
}
// May send a part only, which it also says.
inline int SocketSend(int handle, const MqlArr<uchar> &bytes, uint count) {
  auto *k = mql_socket(handle);
  if (!k || !k->is_up) return -1;
  if (count > bytes.v.size()) mql_die("SocketSend beyond the array");
  static bool is_partial = mql_setting("MQL_PARTIAL_SEND") != nullptr;
  size_t wanted = is_partial && count > 7 ? count / 2 : count, sent = 0;
  uint64_t end = mql_now_us() + (uint64_t)k->send_ms * 1000;
  while (sent < wanted) {
    ssize_t got = send(k->fd, bytes.v.data() + sent, wanted - sent, MSG_NOSIGNAL);
    if (got > 0) {
      sent += got;
      continue;
    }
    if (errno != EAGAIN || mql_now_us() > end) {
      k->is_up = false;
      mql_error = 5273;
      return sent ? (int)sent : -1;
    }
    pollfd room{k->fd, POLLOUT, 0};
    poll(&room, 1, 50);
  }
  return (int)sent;
}
inline bool SocketTlsHandshake(int, const string &) {
  mql_error = 5274;
  return false;
}
inline int SocketTlsSend(int, const MqlArr<uchar> &, uint) { return -1; }
inline int SocketTlsReadAvailable(int, MqlArr<uchar> &, uint) { return -1; }

// ---- files: opened without sharing, nobody else can have them open
#define FILE_READ 1
#define FILE_WRITE 2
#define FILE_TXT 16
#define FILE_ANSI 32
#define FILE_COMMON 4096
inline std::map<int, FILE *> mql_files;
inline int mql_next_file = 1;
inline int FileOpen(const string &name, int flags) {
  if ((flags & (FILE_READ | FILE_WRITE | FILE_TXT | FILE_ANSI)) != (FILE_READ | FILE_WRITE | FILE_TXT | FILE_ANSI)) mql_die("FileOpen: flags");
  std::string path = std::string(mql_setting("MQL_FILES")) + "/" + name.narrow();
  for (size_t i = 0; i < path.size(); i++) {
    if (path[i] != '\\') continue;
    path[i] = 0;
    mkdir(path.c_str(), 0700);
    path[i] = '/';
  }
  int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (fd >= 0) close(fd);
    mql_error = 5004;
    return INVALID_HANDLE;
  }
  mql_files[mql_next_file] = fdopen(fd, "r+b");
  return mql_next_file++;
}
inline void FileClose(int handle) {
  fclose(mql_files.at(handle));
  mql_files.erase(handle);
}
inline void FileFlush(int handle) {
  fflush(mql_files.at(handle));
  fsync(fileno(mql_files.at(handle)));
}
inline bool FileSeek(int handle, long offset, int whence) { return fseek(mql_files.at(handle), offset, whence) == 0; }
inline ulong FileTell(int handle) { return (ulong)ftell(mql_files.at(handle)); }
inline uint FileWriteString(int handle, const string &text) {
  // A disk that is full writes nothing.
  if (mql_setting("MQL_DISK_FULL") && text.s.size() > 2 && text.s[0] == u'I') return 0;
  std::string bytes = text.narrow();
  return (uint)fwrite(bytes.data(), 1, bytes.size(), mql_files.at(handle));
}
inline bool FileIsEnding(int handle) {
  int c = fgetc(mql_files.at(handle));
  if (c == EOF) return true;
  ungetc(c, mql_files.at(handle));
  return false;
}
inline string FileReadString(int handle) {
  std::string line;
  for (int c = fgetc(mql_files.at(handle)); c != EOF && c != '\n'; c = fgetc(mql_files.at(handle))) {
    if (c != '\r') line += (char)c;
  }
  return string(line);
}
