#include "python/wsgi/environ.hpp"

#include "python/version.hpp"

namespace warp::python::wsgi {
namespace {

// Paths of the server, which Python's file functions must understand; all else is Latin-1 (PEP
// 3333).
constexpr bool is_path(std::uint8_t code) {
  return wire::kEnvironKeys[code] == "DOCUMENT_ROOT" ||
         wire::kEnvironKeys[code] == "SCRIPT_FILENAME";
}

bool set(PyObject* dictionary, const char* name, const Ref& value) {
  if (!value) return false;
  const Ref key = Ref::steal(PyUnicode_InternFromString(name));
  return key && PyDict_SetItem(dictionary, key.get(), value.get()) == 0;
}

Ref boolean(bool value) { return Ref::borrow(value ? Py_True : Py_False); }

Ref text(std::string_view value) {
  return Ref::steal(
      PyUnicode_DecodeUTF8(value.data(), static_cast<Py_ssize_t>(value.size()), "replace"));
}

}  // namespace

bool EnvironFactory::prepare(Gil& /*held*/, const EnvironConstants& constants) {
  for (std::size_t code = 1; code < keys_.size(); ++code) {
    keys_[code] = Ref::steal(PyUnicode_InternFromString(wire::kEnvironKeys[code].data()));
    if (!keys_[code]) return false;
  }
  input_key_ = Ref::steal(PyUnicode_InternFromString("wsgi.input"));
  constants_ = Ref::steal(PyDict_New());
  if (!input_key_ || !constants_) return false;
  PyObject* const dictionary = constants_.get();
  return set(dictionary, "wsgi.version", Ref::steal(Py_BuildValue("(ii)", 1, 0))) &&
         set(dictionary, "wsgi.multithread", boolean(constants.is_multithread)) &&
         set(dictionary, "wsgi.multiprocess", boolean(constants.is_multiprocess)) &&
         set(dictionary, "wsgi.run_once", boolean(false)) &&
         set(dictionary, "wsgi.errors", constants.errors) &&
         set(dictionary, "wsgi.file_wrapper", constants.file_wrapper) &&
         // The input ends by itself, chunked bodies too: reading needs no Content-Length.
         set(dictionary, "wsgi.input_terminated", boolean(true)) &&
         set(dictionary, "wsgi.input", Ref::none()) &&
         set(dictionary, "warp.version", version_tuple()) &&
         set(dictionary, "warp.process_group", text(constants.process_group));
}

Ref EnvironFactory::make(Gil& /*held*/, const wire::RequestHead& head, PyObject* input) const {
  Ref environ = Ref::steal(PyDict_Copy(constants_.get()));
  if (!environ || PyDict_SetItem(environ.get(), input_key_.get(), input) != 0) return {};
  for (const wire::EnvironPair& pair : head.environ)
    if (!add(environ.get(), pair)) return {};
  return environ;
}

bool EnvironFactory::add(PyObject* environ, const wire::EnvironPair& pair) const {
  const auto length = static_cast<Py_ssize_t>(pair.value.size());
  const Ref value =
      Ref::steal(is_path(pair.code) ? PyUnicode_DecodeFSDefaultAndSize(pair.value.data(), length)
                                    : PyUnicode_DecodeLatin1(pair.value.data(), length, nullptr));
  if (!value) return false;
  if (pair.code != 0) return PyDict_SetItem(environ, keys_[pair.code].get(), value.get()) == 0;
  const Ref key = Ref::steal(
      PyUnicode_DecodeLatin1(pair.name.data(), static_cast<Py_ssize_t>(pair.name.size()), nullptr));
  return key && PyDict_SetItem(environ, key.get(), value.get()) == 0;
}

std::string_view environ_value(const wire::RequestHead& head, std::uint8_t code) {
  for (const wire::EnvironPair& pair : head.environ)
    if (pair.code == code) return pair.value;
  return {};
}

}  // namespace warp::python::wsgi
