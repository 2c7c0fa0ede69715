#include "python/wsgi/head.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/strings.hpp"

namespace warp::python::wsgi {
namespace {

constexpr std::string_view kContentLength = "Content-Length";

// They belong to the connection, which is httpd's (PEP 3333; RFC 9110 7.6.1).
constexpr std::array<std::string_view, 9> kHopByHop = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization",
    "te",         "trailer",    "trailers",           "transfer-encoding",
    "upgrade"};

bool is_hop_by_hop(std::string_view name) {
  return std::any_of(kHopByHop.begin(), kHopByHop.end(), [name](std::string_view candidate) {
    return candidate.size() == name.size() && equals_ignoring_case(candidate, name);
  });
}

bool raise_value_error(const std::string& text) {
  PyErr_SetString(PyExc_ValueError, ("start_response: " + text).c_str());
  return false;
}

bool raise_type_error(const std::string& what, PyObject* given) {
  PyErr_Format(PyExc_TypeError, "start_response: %s, not %.200s", what.c_str(),
               Py_TYPE(given)->tp_name);
  return false;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool Head::assign(Gil& /*held*/, PyObject* status, PyObject* headers) {
  clear();
  content_length_.reset();
  text_.clear();
  fields_.clear();
  if (read_status(status) && read_headers(headers)) return true;
  clear();
  return false;
}

bool Head::read_status(PyObject* status) {
  if (!PyUnicode_Check(status)) return raise_type_error("status must be a str", status);
  const auto text = latin1_text(status);
  if (!text) return raise_value_error("status has characters beyond Latin-1");
  const bool is_well_formed = text->size() >= 3 && is_digit((*text)[0]) && is_digit((*text)[1]) &&
                              is_digit((*text)[2]) && (text->size() == 3 || (*text)[3] == ' ');
  if (!is_well_formed)
    return raise_value_error("status '" + printable(*text) +
                             "' is not three digits, a space and a reason, such as '200 OK'");
  const auto code = static_cast<std::uint16_t>(*parse_unsigned(text->substr(0, 3)));
  if (code < 200)
    return raise_value_error("status " + std::string(text->substr(0, 3)) +
                             " is not a final status (200 to 999)");
  const std::string_view reason = text->substr(std::min<std::size_t>(4, text->size()));
  if (!wire::is_field_value(reason))
    return raise_value_error("status '" + printable(*text) + "' has control characters");
  status_ = code;
  text_ = reason;
  reason_length_ = reason.size();
  return true;
}

bool Head::read_headers(PyObject* headers) {
  if (!PyList_Check(headers)) return raise_type_error("headers must be a list", headers);
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(headers); ++i) {
    PyObject* const pair = PyList_GET_ITEM(headers, i);
    const std::string where = "headers[" + std::to_string(i) + "]";
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2)
      return raise_type_error(where + " must be a tuple (name, value)", pair);
    PyObject* const name = PyTuple_GET_ITEM(pair, 0);
    PyObject* const value = PyTuple_GET_ITEM(pair, 1);
    if (!PyUnicode_Check(name)) return raise_type_error(where + "'s name must be a str", name);
    const auto name_text = latin1_text(name);
    if (!name_text || !wire::is_field_name(*name_text))
      return raise_value_error(where + "'s name '" + printable(name_text.value_or("?")) +
                               "' is not a header name");
    if (!PyUnicode_Check(value))
      return raise_type_error("the value of " + std::string(*name_text) + " must be a str", value);
    const auto value_text = latin1_text(value);
    if (!value_text)
      return raise_value_error("the value of " + std::string(*name_text) +
                               " has characters beyond Latin-1");
    if (!read_field(*name_text, *value_text)) return false;
  }
  return true;
}

bool Head::read_field(std::string_view name, std::string_view value) {
  if (!wire::is_field_value(value))
    return raise_value_error("the value of " + std::string(name) + ", '" + printable(value) +
                             "', has control characters");
  // White space around a value is no part of it (RFC 9110 5.5); Django's cookies begin with one.
  value = trim(value);
  if (is_hop_by_hop(name))
    return raise_value_error(std::string(name) + " is a hop-by-hop header, which the server sets");
  if (name.size() == kContentLength.size() && equals_ignoring_case(name, kContentLength)) {
    const auto length = parse_unsigned(trim(value));
    if (!length)
      return raise_value_error("Content-Length '" + printable(value) + "' is not a number");
    if (content_length_ && content_length_ != length)
      return raise_value_error("two Content-Lengths, " + std::to_string(*content_length_) +
                               " and " + std::to_string(*length));
    const bool is_repeated = content_length_.has_value();
    content_length_ = length;
    // RFC 9110 8.6: none in a 204.
    if (is_repeated || status_ == 204) return true;
  }
  text_ += name;
  text_ += value;
  fields_.push_back({name.size(), value.size()});
  return true;
}

void Head::set_content_length(std::uint64_t length) {
  const std::string value = std::to_string(length);
  text_ += kContentLength;
  text_ += value;
  fields_.push_back({kContentLength.size(), value.size()});
  content_length_ = length;
}

const wire::ResponseHead& Head::to_wire() {
  std::string_view rest = text_;
  const auto take = [&rest](std::size_t length) {
    const std::string_view part = rest.substr(0, length);
    rest.remove_prefix(length);
    return part;
  };
  wire_.status = status_;
  wire_.reason = take(reason_length_);
  wire_.fields.clear();
  for (const Field& field : fields_) {
    const std::string_view name = take(field.name_length);
    wire_.fields.push_back({name, take(field.value_length)});
  }
  return wire_;
}

}  // namespace warp::python::wsgi
