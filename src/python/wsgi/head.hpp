// The head of a response as the application gives it to start_response: checked by PEP 3333's
// rules, kept until the first byte of the body.
#pragma once

#include "python/python.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "python/gil.hpp"
#include "python/wsgi/fields.hpp"
#include "wire/response_head.hpp"

namespace warp::python::wsgi {

// One per thread, so that its memory is reused.
class Head final {
 public:
  // False with an exception that the application can catch; there is no head then.
  [[nodiscard]] bool assign(Gil& gil, PyObject* status, PyObject* headers, Sendfile sendfile);
  void clear();

  [[nodiscard]] bool is_given() const { return status_ != 0; }
  // The last call of start_response was refused.
  [[nodiscard]] bool is_refused() const { return is_refused_; }
  [[nodiscard]] std::uint16_t status() const { return status_; }
  // Responses that have no body by definition (RFC 9110 6.4.1).
  [[nodiscard]] bool forbids_body() const { return status_ == 204 || status_ == 304; }
  // The file that is to be the body; empty for none.
  [[nodiscard]] const std::string& sendfile() const { return fields_.sendfile(); }

  [[nodiscard]] std::optional<std::uint64_t> content_length() const { return content_length_; }
  // When the application has left it to the server.
  void set_content_length(std::uint64_t length) { content_length_ = length; }

  // Valid until the next change.
  [[nodiscard]] const wire::ResponseHead& to_wire();

 private:
  [[nodiscard]] bool read_status(PyObject* status);
  [[nodiscard]] bool check_size();

  bool is_refused_ = false;
  std::uint16_t status_ = 0;
  std::string reason_;
  Fields fields_;
  std::optional<std::uint64_t> content_length_;
  std::array<char, 20> digits_{};  // of the Content-Length
  wire::ResponseHead wire_;
};

}  // namespace warp::python::wsgi
