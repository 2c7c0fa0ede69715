// The head of a response as the application gives it to start_response: checked by PEP 3333's
// rules, kept until the first byte of the body.
#pragma once

#include "python/python.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "python/gil.hpp"
#include "wire/response_head.hpp"

namespace warp::python::wsgi {

// One per thread, so that its memory is reused.
class Head final {
 public:
  // False with an exception that the application can catch; there is no head then.
  [[nodiscard]] bool assign(Gil& gil, PyObject* status, PyObject* headers);
  void clear() { status_ = 0; }

  [[nodiscard]] bool is_given() const { return status_ != 0; }
  [[nodiscard]] std::uint16_t status() const { return status_; }
  // Responses that have no body by definition (RFC 9110 6.4.1).
  [[nodiscard]] bool forbids_body() const { return status_ == 204 || status_ == 304; }
  [[nodiscard]] std::optional<std::uint64_t> content_length() const { return content_length_; }
  // When the application has left it to the server.
  void set_content_length(std::uint64_t length);

  // Valid until the next change.
  [[nodiscard]] const wire::ResponseHead& to_wire();

 private:
  struct Field {
    std::size_t name_length;
    std::size_t value_length;
  };

  [[nodiscard]] bool read_status(PyObject* status);
  [[nodiscard]] bool read_headers(PyObject* headers);
  [[nodiscard]] bool read_field(std::string_view name, std::string_view value);

  std::uint16_t status_ = 0;
  std::optional<std::uint64_t> content_length_;
  std::string text_;  // reason, then name and value of each field
  std::size_t reason_length_ = 0;
  std::vector<Field> fields_;
  wire::ResponseHead wire_;
};

}  // namespace warp::python::wsgi
