// Header fields as the application gives them: checked by the rules of PEP 3333 and RFC 9110, and
// copied, as the application may change its list.
#pragma once

#include "python/python.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/gil.hpp"
#include "wire/response_head.hpp"

namespace warp::python::wsgi {

// Whether the field X-Sendfile is an order to the server.
enum class Sendfile : bool { kPassed, kTaken };

// One per thread, so that its memory is reused.
class Fields final {
 public:
  // `caller` begins the messages of exceptions. False with an exception that the application can
  // catch; there are no fields then.
  [[nodiscard]] bool assign(Gil& gil, const char* caller, PyObject* headers, Sendfile sendfile);
  void clear();

  // Not among the others: the server has its own word in it.
  [[nodiscard]] std::optional<std::uint64_t> content_length() const { return content_length_; }
  // The file that X-Sendfile names, when that is taken; empty for none.
  [[nodiscard]] const std::string& sendfile() const { return sendfile_; }

  [[nodiscard]] std::size_t text_size() const { return text_.size(); }
  [[nodiscard]] std::size_t size() const { return lengths_.size(); }
  // Views, valid until the next change.
  void append_to(std::vector<wire::HeaderField>& fields) const;

 private:
  struct Lengths {
    std::size_t name;
    std::size_t value;
  };

  [[nodiscard]] bool read(const char* caller, PyObject* headers, Sendfile sendfile);
  [[nodiscard]] bool read_length(const char* caller, PyObject* value, std::string_view text);

  std::string text_;  // name and value of each field
  std::vector<Lengths> lengths_;
  std::optional<std::uint64_t> content_length_;
  std::string sendfile_;
};

}  // namespace warp::python::wsgi
