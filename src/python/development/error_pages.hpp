// The pages of error-page=development, which error_page.py makes while the exception is at hand.
#pragma once

#include "python/python.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "python/gil.hpp"
#include "worker/response.hpp"

namespace warp::python {

using worker::PageForm;

// What the client's Accept says: a browser asks for HTML by name, a program rarely.
[[nodiscard]] PageForm page_form_for(std::string_view accept);

class ErrorPages final {
 public:
  // Runs the source; without it no pages are made. False with an exception.
  [[nodiscard]] bool prepare(Gil& gil);

  struct Subject {
    PyObject* exception;
    PyObject* environ;  // null: no request is at fault
    const char* event;
  };
  // nullopt: none are wanted, or this one can't be made.
  [[nodiscard]] std::optional<std::string> make(Gil& gil, PageForm form,
                                                const Subject& subject) const;

 private:
  Ref functions_;
};

}  // namespace warp::python
