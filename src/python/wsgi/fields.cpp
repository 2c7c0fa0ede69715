#include "python/wsgi/fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/strings.hpp"

namespace warp::python::wsgi {
namespace {

// They belong to the connection, which is httpd's (PEP 3333; RFC 9110 7.6.1).
constexpr std::array<std::string_view, 9> kHopByHop = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
    "te",         "trailer",    "trailers",           "transfer-encoding",
    "upgrade"};

bool is_named(std::string_view name, std::string_view lower_case) {
  return name.size() == lower_case.size() && equals_ignoring_case(name, lower_case);
}

bool is_hop_by_hop(std::string_view name) {
  return std::any_of(kHopByHop.begin(), kHopByHop.end(),
                     [name](std::string_view candidate) { return is_named(name, candidate); });
}

// What of a pair could be read, with the objects for messages.
struct Pair {
  PyObject* name_object;
  PyObject* value_object;
  std::string_view name;
  std::string_view value;
};

bool read_name(const char* caller, Py_ssize_t index, Pair& pair) {
  if (!PyUnicode_Check(pair.name_object)) {
    PyErr_Format(PyExc_TypeError, "%s: headers[%zd]'s name must be a str, not %.200s", caller,
                 index, Py_TYPE(pair.name_object)->tp_name);
    return false;
  }
  const auto name = latin1_text(pair.name_object);
  if (!name || !wire::is_field_name(*name)) {
    PyErr_Format(PyExc_ValueError, "%s: headers[%zd]'s name %.200V is not a header name", caller,
                 index, quoted(pair.name_object).get(), "?");
    return false;
  }
  pair.name = *name;
  if (!is_hop_by_hop(pair.name)) return true;
  PyErr_Format(PyExc_ValueError, "%s: %.200U is a hop-by-hop header, which the server sets", caller,
               pair.name_object);
  return false;
}

bool read_value(const char* caller, Pair& pair) {
  if (!PyUnicode_Check(pair.value_object)) {
    PyErr_Format(PyExc_TypeError, "%s: the value of %.200U must be a str, not %.200s", caller,
                 pair.name_object, Py_TYPE(pair.value_object)->tp_name);
    return false;
  }
  const auto value = latin1_text(pair.value_object);
  if (!value) {
    PyErr_Format(PyExc_ValueError, "%s: the value of %.200U has characters beyond Latin-1", caller,
                 pair.name_object);
    return false;
  }
  if (!wire::is_field_value(*value)) {
    PyErr_Format(PyExc_ValueError, "%s: the value of %.200U, %.200V, has control characters",
                 caller, pair.name_object, quoted(pair.value_object).get(), "?");
    return false;
  }
  // White space around a value is no part of it (RFC 9110 5.5); Django's cookies begin with one.
  pair.value = trim(*value);
  return true;
}

bool read_pair(const char* caller, Py_ssize_t index, PyObject* object, Pair& pair) {
  if (!PyTuple_Check(object)) {
    PyErr_Format(PyExc_TypeError, "%s: headers[%zd] must be a tuple (name, value), not %.200s",
                 caller, index, Py_TYPE(object)->tp_name);
    return false;
  }
  if (PyTuple_GET_SIZE(object) != 2) {
    PyErr_Format(PyExc_TypeError, "%s: headers[%zd] must be a tuple (name, value), not one of %zd",
                 caller, index, PyTuple_GET_SIZE(object));
    return false;
  }
  pair.name_object = PyTuple_GET_ITEM(object, 0);
  pair.value_object = PyTuple_GET_ITEM(object, 1);
  return read_name(caller, index, pair) && read_value(caller, pair);
}

}  // namespace

bool Fields::assign(Gil& /*held*/, const char* caller, PyObject* headers, Sendfile sendfile) {
  clear();
  if (read(caller, headers, sendfile)) return true;
  clear();
  return false;
}

void Fields::clear() {
  text_.clear();
  lengths_.clear();
  content_length_.reset();
  sendfile_.clear();
}

bool Fields::read(const char* caller, PyObject* headers, Sendfile sendfile) {
  if (!PyList_Check(headers)) {
    PyErr_Format(PyExc_TypeError, "%s: headers must be a list, not %.200s", caller,
                 Py_TYPE(headers)->tp_name);
    return false;
  }
  // No Python code runs meanwhile.
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(headers); ++i) {
    Pair pair{};
    if (!read_pair(caller, i, PyList_GET_ITEM(headers, i), pair)) return false;
    if (is_named(pair.name, "content-length")) {
      if (!read_length(caller, pair.value_object, pair.value)) return false;
      continue;
    }
    if (sendfile == Sendfile::kTaken && is_named(pair.name, "x-sendfile")) {
      sendfile_ = pair.value;
      continue;
    }
    text_ += pair.name;
    text_ += pair.value;
    lengths_.push_back({pair.name.size(), pair.value.size()});
  }
  return true;
}

bool Fields::read_length(const char* caller, PyObject* value, std::string_view text) {
  const auto length = parse_unsigned(text);
  if (!length) {
    PyErr_Format(PyExc_ValueError, "%s: Content-Length %.200V is not a number", caller,
                 quoted(value).get(), "?");
    return false;
  }
  if (content_length_.value_or(*length) != *length) {
    PyErr_Format(PyExc_ValueError, "%s: two Content-Lengths, %llu and %llu", caller,
                 static_cast<unsigned long long>(*content_length_),
                 static_cast<unsigned long long>(*length));
    return false;
  }
  content_length_ = length;
  return true;
}

void Fields::append_to(std::vector<wire::HeaderField>& fields) const {
  std::string_view rest = text_;
  const auto take = [&rest](std::size_t length) {
    const std::string_view part = rest.substr(0, length);
    rest.remove_prefix(length);
    return part;
  };
  for (const Lengths& each : lengths_) {
    const std::string_view name = take(each.name);
    fields.push_back({name, take(each.value)});
  }
}

}  // namespace warp::python::wsgi
