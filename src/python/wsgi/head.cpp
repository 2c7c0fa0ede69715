#include "python/wsgi/head.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/strings.hpp"
#include "wire/frame.hpp"

namespace warp::python::wsgi {
namespace {

constexpr const char* kCaller = "start_response";
// Far from every bound of the wire, whose bytes for a field are less than the overhead.
constexpr std::size_t kSurelyFits = std::size_t{32} << 10U;
constexpr std::size_t kOverhead = 16;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_well_formed(std::string_view status) {
  return status.size() >= 3 && is_digit(status[0]) && is_digit(status[1]) && is_digit(status[2]) &&
         (status.size() == 3 || status[3] == ' ');
}

}  // namespace

void Head::clear() {
  is_refused_ = false;
  status_ = 0;
  content_length_.reset();
  fields_.clear();
}

bool Head::assign(Gil& gil, PyObject* status, PyObject* headers, Sendfile sendfile) {
  clear();
  if (read_status(status) && fields_.assign(gil, kCaller, headers, sendfile)) {
    // What the application says of its body is not true of the file that takes the body's place.
    // RFC 9110 8.6: there is none in a 204.
    if (fields_.sendfile().empty() && status_ != 204) content_length_ = fields_.content_length();
    if (check_size()) return true;
  }
  clear();
  is_refused_ = true;
  return false;
}

bool Head::read_status(PyObject* status) {
  if (!PyUnicode_Check(status)) {
    PyErr_Format(PyExc_TypeError, "%s: status must be a str, not %.200s", kCaller,
                 Py_TYPE(status)->tp_name);
    return false;
  }
  const auto text = latin1_text(status);
  if (!text) {
    PyErr_Format(PyExc_ValueError, "%s: status has characters beyond Latin-1", kCaller);
    return false;
  }
  if (!is_well_formed(*text)) {
    PyErr_Format(PyExc_ValueError,
                 "%s: status %.200V is not three digits, a space and a reason, such as '200 OK'",
                 kCaller, quoted(status).get(), "?");
    return false;
  }
  const auto code = static_cast<std::uint16_t>(*parse_unsigned(text->substr(0, 3)));
  if (code < 200) {
    PyErr_Format(PyExc_ValueError, "%s: status %d is not a final status (200 to 999)", kCaller,
                 static_cast<int>(code));
    return false;
  }
  const std::string_view reason = text->substr(std::min<std::size_t>(4, text->size()));
  if (!wire::is_field_value(reason)) {
    PyErr_Format(PyExc_ValueError, "%s: status %.200V has control characters", kCaller,
                 quoted(status).get(), "?");
    return false;
  }
  status_ = code;
  reason_ = reason;
  return true;
}

// In time for the application to learn of it. What the server adds finds room, too.
bool Head::check_size() {
  if (reason_.size() + fields_.text_size() + kOverhead * fields_.size() < kSurelyFits) return true;
  const auto own_length = content_length_;
  content_length_ = own_length.value_or(~std::uint64_t{0});
  std::string encoded;
  const auto fits = wire::encode_response_head(encoded, to_wire());
  content_length_ = own_length;
  if (fits) return true;
  PyErr_Format(PyExc_ValueError, "%s: %s", kCaller, fits.error().detail.c_str());
  return false;
}

const wire::ResponseHead& Head::to_wire() {
  wire_.status = status_;
  wire_.reason = reason_;
  wire_.fields.clear();
  fields_.append_to(wire_.fields);
  if (content_length_) {
    const auto end =
        std::to_chars(digits_.data(), digits_.data() + digits_.size(), *content_length_);
    const std::string_view value(digits_.data(),
                                 static_cast<std::size_t>(end.ptr - digits_.data()));
    wire_.fields.push_back({"Content-Length", value});
  }
  return wire_;
}

}  // namespace warp::python::wsgi
