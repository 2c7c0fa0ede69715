#include "python/version.hpp"

#include "base/strings.hpp"

namespace warp::python {

Ref version_tuple() {
  const std::vector<std::string_view> parts = split(kVersion, '.');
  Ref tuple = Ref::steal(PyTuple_New(static_cast<Py_ssize_t>(parts.size())));
  if (!tuple) return {};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    PyObject* const number = PyLong_FromUnsignedLongLong(parse_unsigned(parts[i]).value_or(0));
    if (number == nullptr) return {};
    PyTuple_SET_ITEM(tuple.get(), static_cast<Py_ssize_t>(i), number);
  }
  return tuple;
}

}  // namespace warp::python
