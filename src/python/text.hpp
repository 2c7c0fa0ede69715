// Text between Python and C++.
#pragma once

#include "python/python.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace warp::python {

// The str in UTF-8; lone surrogates, which have none, are written out. nullopt with an exception.
[[nodiscard]] std::optional<std::string> utf8_of(PyObject* text);

// A str of UTF-8 that need not be valid. Empty with an exception.
[[nodiscard]] Ref text_of(std::string_view utf8);

// A str of bytes that a client may have sent, as PEP 3333 has them. Empty with an exception.
[[nodiscard]] Ref latin1_of(std::string_view bytes);

}  // namespace warp::python
