#include "python/text.hpp"

namespace warp::python {

std::optional<std::string> utf8_of(PyObject* text) {
  const Ref utf8 = Ref::steal(PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace"));
  if (!utf8) return std::nullopt;
  return std::string(PyBytes_AS_STRING(utf8.get()),
                     static_cast<std::size_t>(PyBytes_GET_SIZE(utf8.get())));
}

Ref text_of(std::string_view utf8) {
  return Ref::steal(
      PyUnicode_DecodeUTF8(utf8.data(), static_cast<Py_ssize_t>(utf8.size()), "replace"));
}

Ref latin1_of(std::string_view bytes) {
  return Ref::steal(
      PyUnicode_DecodeLatin1(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), nullptr));
}

}  // namespace warp::python
