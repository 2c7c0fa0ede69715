#include "python/wsgi/input.hpp"

#include <algorithm>
#include <cstring>

#include "python/object.hpp"
#include "python/wsgi/exceptions.hpp"

namespace warp::python::wsgi {
namespace {

constexpr std::size_t kAhead = std::size_t{32} << 10U;
// A declared length is the client's word: memory is taken as bytes arrive, in doubling steps from
// here.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 20U;

Ref raise_ended() {
  PyErr_SetString(PyExc_RuntimeError, "wsgi.input: the request has ended");
  return {};
}

// Shrinks or grows bytes that nobody else has seen yet.
bool resize(Ref& bytes, std::size_t size) {
  PyObject* object = bytes.release();
  const bool is_done = _PyBytes_Resize(&object, static_cast<Py_ssize_t>(size)) == 0;
  bytes = Ref::steal(object);
  return is_done;
}

}  // namespace

Input::Input(std::shared_ptr<Lease> lease, Ref client_disconnected)
    : lease_(std::move(lease)), client_disconnected_(std::move(client_disconnected)) {}

void Input::begin(worker::RequestBody& body, const wire::RequestHead& head) {
  body_ = &body;
  may_wait_ = head.body != wire::BodyKind::kNone && !head.preload_is_whole;
  is_broken_ = false;
  received_ = 0;
  rest_.reset();
  if (head.body == wire::BodyKind::kSized) rest_ = head.body_length;
}

void Input::end() {
  ahead_begin_ = 0;
  if (ahead_.capacity() > 2 * kAhead)
    ahead_ = {};
  else
    ahead_.clear();
}

std::optional<std::size_t> Input::receive(Gil& gil, std::span<char> into) {
  if (body_->is_at_end()) return 0;
  Result<std::size_t> count = 0;
  if (may_wait_) {
    GilRelease wait(gil);
    count = body_->read(into);
  } else {
    count = body_->read(into);
  }
  if (!count) {
    is_broken_ = true;
    (void)raise_transfer_error(client_disconnected_.get(), count.error());
    return std::nullopt;
  }
  received_ += *count;
  if (rest_) *rest_ -= std::min<std::uint64_t>(*rest_, *count);
  return *count;
}

std::size_t Input::take_ahead(std::span<char> into) {
  const std::size_t count = std::min(into.size(), ahead().size());
  std::memcpy(into.data(), ahead().data(), count);
  ahead_begin_ += count;
  return count;
}

std::size_t Input::first_capacity(std::optional<std::size_t> size) const {
  const std::size_t most = std::min(size.value_or(kMostAtOnce), kMostAtOnce) + ahead().size();
  if (rest_ && *rest_ < most) return static_cast<std::size_t>(*rest_) + ahead().size();
  return rest_ || size ? most : kAhead + ahead().size();
}

Ref Input::read(Gil& gil, std::optional<std::size_t> size) {
  const Turn turn(gil, *lease_);
  if (!turn) return raise_ended();
  return read_bytes(gil, size);
}

Ref Input::read_bytes(Gil& gil, std::optional<std::size_t> size) {
  std::size_t capacity = first_capacity(size);
  if (size) capacity = std::min(capacity, *size);
  Ref bytes = Ref::steal(PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(capacity)));
  if (!bytes || capacity == 0) return bytes;
  std::size_t filled = take_ahead({PyBytes_AS_STRING(bytes.get()), capacity});
  while (filled < size.value_or(filled + 1)) {
    if (filled == capacity) {
      if (body_->is_at_end()) break;
      capacity = std::min(2 * capacity, size.value_or(2 * capacity));
      if (!resize(bytes, capacity)) return {};
    }
    const auto count = receive(gil, {PyBytes_AS_STRING(bytes.get()) + filled, capacity - filled});
    if (!count) return {};
    if (*count == 0) break;
    filled += *count;
  }
  if (filled < capacity && !resize(bytes, filled)) return {};
  return bytes;
}

// More bytes behind those that are there; false at the body's end.
std::optional<bool> Input::read_ahead(Gil& gil) {
  ahead_.erase(0, ahead_begin_);
  ahead_begin_ = 0;
  const std::size_t held = ahead_.size();
  ahead_.resize(held + kAhead);
  const auto count = receive(gil, {ahead_.data() + held, kAhead});
  ahead_.resize(held + count.value_or(0));
  if (!count) return std::nullopt;
  return *count > 0;
}

Ref Input::read_line(Gil& gil, std::optional<std::size_t> size) {
  const Turn turn(gil, *lease_);
  if (!turn) return raise_ended();
  std::size_t searched = 0;
  for (;;) {
    const std::string_view held = ahead().substr(0, size.value_or(std::string_view::npos));
    const std::size_t end = held.find('\n', searched);
    const bool is_full = held.size() == size;
    if (end != std::string_view::npos || is_full) {
      const std::size_t length = end == std::string_view::npos ? held.size() : end + 1;
      ahead_begin_ += length;
      return Ref::steal(PyBytes_FromStringAndSize(held.data(), static_cast<Py_ssize_t>(length)));
    }
    searched = held.size();
    const auto has_more = read_ahead(gil);
    if (!has_more) return {};
    if (*has_more) continue;
    const std::string_view last = ahead();
    ahead_begin_ += last.size();
    return Ref::steal(PyBytes_FromStringAndSize(last.data(), static_cast<Py_ssize_t>(last.size())));
  }
}

namespace {

// The size argument of the read functions: nullopt for none, None and negative numbers. False with
// an exception.
bool read_size(Arguments arguments, std::optional<std::size_t>& size) {
  if (arguments.size() > 1) {
    PyErr_Format(PyExc_TypeError, "wsgi.input: at most one argument, not %zd",
                 static_cast<Py_ssize_t>(arguments.size()));
    return false;
  }
  if (arguments.empty() || arguments[0] == Py_None) return true;
  const Py_ssize_t number = PyNumber_AsSsize_t(arguments[0], PyExc_OverflowError);
  if (number == -1 && PyErr_Occurred() != nullptr) return false;
  if (number >= 0) size = static_cast<std::size_t>(number);
  return true;
}

Ref on_read(Gil& gil, Input& input, Arguments arguments) {
  std::optional<std::size_t> size;
  if (!read_size(arguments, size)) return {};
  return input.read(gil, size);
}

Ref on_readline(Gil& gil, Input& input, Arguments arguments) {
  std::optional<std::size_t> size;
  if (!read_size(arguments, size)) return {};
  return input.read_line(gil, size);
}

// The hint is a number of bytes after which no further line is begun; 0 is no hint, as for files.
Ref on_readlines(Gil& gil, Input& input, Arguments arguments) {
  std::optional<std::size_t> hint;
  if (!read_size(arguments, hint)) return {};
  Ref lines = Ref::steal(PyList_New(0));
  if (!lines) return {};
  std::size_t total = 0;
  while (hint.value_or(0) == 0 || total < *hint) {
    const Ref line = input.read_line(gil, std::nullopt);
    if (!line) return {};
    if (PyBytes_GET_SIZE(line.get()) == 0) break;
    if (PyList_Append(lines.get(), line.get()) != 0) return {};
    total += static_cast<std::size_t>(PyBytes_GET_SIZE(line.get()));
  }
  return lines;
}

Ref on_close(Gil& /*held*/, Input& /*input*/, Arguments /*none*/) { return Ref::none(); }

PyObject* on_next(PyObject* self) {
  return at_python_boundary([&](Gil& gil) {
    Ref line = state_of<Input>(self).read_line(gil, std::nullopt);
    if (line && PyBytes_GET_SIZE(line.get()) == 0) line.reset();
    return line;
  });
}

}  // namespace

Ref make_input_type() {
  static PyMethodDef methods[] = {
      method<Input, on_read>("read", "read(size=-1): size bytes, fewer only at the end"),
      method<Input, on_readline>("readline", "readline(size=-1): one line, or size bytes of it"),
      method<Input, on_readlines>("readlines", "readlines(hint=-1): a list of lines"),
      method<Input, on_close>("close", "close(): does nothing; the server owns the body"),
      {nullptr, nullptr, 0, nullptr}};
  static PyType_Slot slots[] = {slot(Py_tp_new, refuse_new),
                                slot(Py_tp_dealloc, destroy_object<Input>),
                                slot(Py_tp_iter, PyObject_SelfIter),
                                slot(Py_tp_iternext, on_next),
                                {Py_tp_methods, methods},
                                {0, nullptr}};
  static PyType_Spec spec = {"warp.Input", sizeof(Object<Input>), 0, Py_TPFLAGS_DEFAULT, slots};
  return Ref::steal(PyType_FromSpec(&spec));
}

}  // namespace warp::python::wsgi
