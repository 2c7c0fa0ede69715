#include "python/wsgi/environ.hpp"

#include <chrono>

#include "base/strings.hpp"
#include "python/version.hpp"

namespace warp::python::wsgi {
namespace {

// A value that is longer is not kept for the thread's next request.
constexpr std::size_t kMostRemembered = 1024;
// Of names without a code so many are remembered; clients can make up any number.
constexpr std::size_t kMostSpelledKeys = 256;

// Paths of the server, which Python's file functions must understand; all else is Latin-1 (PEP
// 3333).
constexpr bool is_path(std::uint8_t code) {
  return code == code_of("DOCUMENT_ROOT") || code == code_of("SCRIPT_FILENAME");
}

bool set(PyObject* dictionary, const Ref& key, const Ref& value) {
  return key && value && PyDict_SetItem(dictionary, key.get(), value.get()) == 0;
}

Ref name_of(const char* text) { return Ref::steal(PyUnicode_InternFromString(text)); }

bool set(PyObject* dictionary, const char* name, const Ref& value) {
  return set(dictionary, name_of(name), value);
}

Ref boolean(bool value) { return Ref::borrow(value ? Py_True : Py_False); }

Ref text(std::string_view value) {
  return Ref::steal(
      PyUnicode_DecodeUTF8(value.data(), static_cast<Py_ssize_t>(value.size()), "replace"));
}

Ref latin1(std::string_view value) {
  return Ref::steal(
      PyUnicode_DecodeLatin1(value.data(), static_cast<Py_ssize_t>(value.size()), nullptr));
}

Ref decode(std::uint8_t code, std::string_view value) {
  if (!is_path(code)) return latin1(value);
  return Ref::steal(
      PyUnicode_DecodeFSDefaultAndSize(value.data(), static_cast<Py_ssize_t>(value.size())));
}

// Whether decode() would give this very text.
bool is_same(std::uint8_t code, PyObject* known, std::string_view value) {
  return latin1_text(known) == value && (!is_path(code) || is_ascii(known));
}

// (2, 4, 66) of "2.4.66".
Ref numbers_of(std::string_view version) {
  const std::vector<std::string_view> parts = split(version, '.');
  Ref tuple = Ref::steal(PyTuple_New(static_cast<Py_ssize_t>(parts.size())));
  for (std::size_t i = 0; tuple && i < parts.size(); ++i) {
    PyObject* const number = PyLong_FromUnsignedLongLong(parse_unsigned(parts[i]).value_or(0));
    if (number == nullptr) return {};
    PyTuple_SET_ITEM(tuple.get(), static_cast<Py_ssize_t>(i), number);
  }
  return tuple;
}

std::uint64_t now_us() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

Ref seconds(std::uint64_t microseconds) {
  return Ref::steal(PyFloat_FromDouble(static_cast<double>(microseconds) / 1e6));
}

}  // namespace

bool EnvironFactory::prepare(Gil& /*held*/, const EnvironConstants& constants) {
  for (std::size_t code = 1; code < keys_.size(); ++code) {
    keys_[code] = name_of(wire::kEnvironKeys[code].data());
    if (!keys_[code]) return false;
  }
  input_key_ = name_of("wsgi.input");
  early_hints_key_ = name_of("wsgi.early_hints");
  thread_id_key_ = name_of("warp.thread_id");
  request_start_key_ = name_of("warp.request_start");
  queue_start_key_ = name_of("warp.queue_start");
  application_start_key_ = name_of("warp.application_start");
  constants_ = Ref::steal(PyDict_New());
  if (!constants_) return false;
  PyObject* const dictionary = constants_.get();
  return set(dictionary, "wsgi.version", Ref::steal(Py_BuildValue("(ii)", 1, 0))) &&
         set(dictionary, "wsgi.multithread", boolean(constants.is_multithread)) &&
         set(dictionary, "wsgi.multiprocess", boolean(constants.is_multiprocess)) &&
         set(dictionary, "wsgi.run_once", boolean(false)) &&
         set(dictionary, "wsgi.errors", constants.errors) &&
         set(dictionary, "wsgi.file_wrapper", constants.file_wrapper) &&
         // The input ends by itself, chunked bodies too: reading needs no Content-Length.
         set(dictionary, "wsgi.input_terminated", boolean(true)) &&
         set(dictionary, "warp.version", version_tuple()) &&
         set(dictionary, "warp.process_group", text(constants.process_group)) &&
         set(dictionary, "warp.callable_object", text(constants.callable)) &&
         set(dictionary, "apache.version", numbers_of(constants.httpd_version));
}

Ref EnvironFactory::spelled_key(std::string_view name) {
  std::string owned(name);
  if (const auto found = spelled_keys_.find(owned); found != spelled_keys_.end())
    return found->second;
  Ref key = latin1(name);
  if (key && spelled_keys_.size() < kMostSpelledKeys) spelled_keys_.emplace(std::move(owned), key);
  return key;
}

bool ThreadEnviron::use(Gil& /*held*/, const EnvironObjects& objects) {
  if (!last_) {
    last_ = Ref::steal(PyDict_Copy(factory_.constants_.get()));
    if (!last_) return false;
  }
  PyObject* const dictionary = last_.get();
  return set(dictionary, factory_.input_key_, Ref::borrow(objects.input)) &&
         set(dictionary, factory_.early_hints_key_, Ref::borrow(objects.early_hints)) &&
         set(dictionary, factory_.thread_id_key_,
             Ref::steal(PyLong_FromUnsignedLong(objects.thread_id))) &&
         // Places for what each request sets in its own copy, which need not grow for it.
         set(dictionary, factory_.request_start_key_, Ref::none()) &&
         set(dictionary, factory_.queue_start_key_, Ref::none()) &&
         set(dictionary, factory_.application_start_key_, Ref::none());
}

void ThreadEnviron::reset(Gil& /*held*/) {
  last_.reset();
  for (Ref& value : values_) value.reset();
  present_.reset();
}

Ref ThreadEnviron::make(Gil& /*held*/, const wire::RequestHead& head) {
  Codes seen;
  Codes large;
  bool has_spelled = false;
  for (const wire::EnvironPair& pair : head.environ) {
    if (pair.code == 0) {
      has_spelled = true;
      continue;
    }
    if (!take(pair)) return {};
    seen.set(pair.code);
    large.set(pair.code, pair.value.size() > kMostRemembered);
  }
  if (!forget(present_ & ~seen)) return {};
  Ref environ = Ref::steal(PyDict_Copy(last_.get()));
  if (!environ || !forget(large) || !set_times(environ.get(), head)) return {};
  if (!has_spelled) return environ;
  for (const wire::EnvironPair& pair : head.environ)
    if (pair.code == 0 && !add_spelled(environ.get(), pair)) return {};
  return environ;
}

bool ThreadEnviron::take(const wire::EnvironPair& pair) {
  Ref& known = values_[pair.code];
  if (known && is_same(pair.code, known.get(), pair.value)) return true;
  const Ref value = decode(pair.code, pair.value);
  if (!set(last_.get(), factory_.keys_[pair.code], value)) return false;
  known = value;
  present_.set(pair.code);
  return true;
}

bool ThreadEnviron::forget(const Codes& codes) {
  if (codes.none()) return true;
  for (std::size_t code = 1; code < codes.size(); ++code) {
    if (!codes[code]) continue;
    if (PyDict_DelItem(last_.get(), factory_.keys_[code].get()) != 0) return false;
    values_[code].reset();
    present_.reset(code);
  }
  return true;
}

bool ThreadEnviron::set_times(PyObject* environ, const wire::RequestHead& head) const {
  return set(environ, factory_.request_start_key_, seconds(head.arrived_us)) &&
         set(environ, factory_.queue_start_key_, seconds(head.sent_us)) &&
         set(environ, factory_.application_start_key_, seconds(now_us()));
}

// SetEnv can add to environ, but not take the place of what the server puts there.
bool ThreadEnviron::add_spelled(PyObject* environ, const wire::EnvironPair& pair) const {
  const Ref key = factory_.spelled_key(pair.name);
  if (!key) return false;
  const bool is_ours = pair.name.starts_with("wsgi.") || pair.name.starts_with("warp.");
  if (is_ours && PyDict_Contains(environ, key.get()) != 0) return PyErr_Occurred() == nullptr;
  return set(environ, key, latin1(pair.value));
}

std::string_view environ_value(const wire::RequestHead& head, std::uint8_t code) {
  // The last one counts, as in environ.
  for (auto pair = head.environ.rbegin(); pair != head.environ.rend(); ++pair)
    if (pair->code == code) return pair->value;
  return {};
}

}  // namespace warp::python::wsgi
