// The environ dictionary of a request: a copy of what is the same for all, and the request's own
// variables.
#pragma once

#include "python/python.hpp"

#include <array>
#include <string>

#include "python/gil.hpp"
#include "wire/environ_key.hpp"
#include "wire/request_head.hpp"

namespace warp::python::wsgi {

// What every environ of a process has.
struct EnvironConstants {
  Ref errors;
  Ref file_wrapper;
  std::string process_group;
  bool is_multithread = true;
  bool is_multiprocess = false;
};

class EnvironFactory final {
 public:
  // Once. False with an exception.
  [[nodiscard]] bool prepare(Gil& gil, const EnvironConstants& constants);
  [[nodiscard]] Ref make(Gil& gil, const wire::RequestHead& head, PyObject* input) const;

 private:
  [[nodiscard]] bool add(PyObject* environ, const wire::EnvironPair& pair) const;

  std::array<Ref, wire::kEnvironKeys.size()> keys_;  // by code; interned
  Ref input_key_;
  Ref constants_;
};

// Empty when the head has no such variable.
[[nodiscard]] std::string_view environ_value(const wire::RequestHead& head, std::uint8_t code);

}  // namespace warp::python::wsgi
