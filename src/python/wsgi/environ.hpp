// The environ dictionaries of requests. Most of what a request says was said by the one before it,
// too, so each thread keeps its last environ and changes what differs, instead of making 40 pairs
// anew.
#pragma once

#include "python/python.hpp"

#include <array>
#include <bitset>
#include <string>
#include <string_view>
#include <unordered_map>

#include "python/gil.hpp"
#include "wire/environ_key.hpp"
#include "wire/request_head.hpp"

namespace warp::python::wsgi {

// The code of a name that has one.
[[nodiscard]] consteval std::uint8_t code_of(std::string_view name) {
  for (std::size_t code = 1; code < wire::kEnvironKeys.size(); ++code)
    if (wire::kEnvironKeys[code] == name) return static_cast<std::uint8_t>(code);
  return 0;
}

// What every environ of a process has.
struct EnvironConstants {
  Ref errors;
  Ref file_wrapper;
  std::string process_group;
  std::string callable;
  std::string httpd_version;
  bool is_multithread = true;
  bool is_multiprocess = false;
};

// What all threads share. Used with the GIL held.
class EnvironFactory final {
 public:
  // Once. False with an exception.
  [[nodiscard]] bool prepare(Gil& gil, const EnvironConstants& constants);

 private:
  friend class ThreadEnviron;

  // The str of a name that has no code. Empty with an exception.
  [[nodiscard]] Ref spelled_key(std::string_view name);

  std::array<Ref, wire::kEnvironKeys.size()> keys_;  // by code; interned
  std::unordered_map<std::string, Ref> spelled_keys_;
  Ref constants_;
  Ref input_key_;
  Ref early_hints_key_;
  Ref thread_id_key_;
  Ref request_start_key_;
  Ref queue_start_key_;
  Ref application_start_key_;
};

// The objects of a thread that its requests share.
struct EnvironObjects {
  PyObject* input;
  PyObject* early_hints;
  std::uint32_t thread_id;
};

// One per thread. Used and destroyed with the GIL held.
class ThreadEnviron final {
 public:
  explicit ThreadEnviron(EnvironFactory& factory) : factory_(factory) {}

  // Before the first make(), and whenever the objects have been replaced. False with an exception.
  [[nodiscard]] bool use(Gil& gil, const EnvironObjects& objects);
  [[nodiscard]] Ref make(Gil& gil, const wire::RequestHead& head);
  // Lets go of all objects.
  void reset(Gil& gil);

 private:
  using Codes = std::bitset<wire::kEnvironKeys.size()>;

  [[nodiscard]] bool take(const wire::EnvironPair& pair);
  [[nodiscard]] bool forget(const Codes& codes);
  [[nodiscard]] bool set_times(PyObject* environ, const wire::RequestHead& head) const;
  [[nodiscard]] bool add_spelled(PyObject* environ, const wire::EnvironPair& pair) const;

  EnvironFactory& factory_;
  Ref last_;                                           // the environ, without what has no code
  std::array<Ref, wire::kEnvironKeys.size()> values_;  // in last_, by code
  Codes present_;
};

// Empty when the head has no such variable.
[[nodiscard]] std::string_view environ_value(const wire::RequestHead& head, std::uint8_t code);

}  // namespace warp::python::wsgi
