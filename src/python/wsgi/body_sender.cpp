#include "python/wsgi/body_sender.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "python/object.hpp"
#include "python/wsgi/file_wrapper.hpp"
#include "python/wsgi/log_record.hpp"

namespace warp::python::wsgi {
namespace {

// A body up to here is copied, so that it can be sent after the GIL was given back for good.
constexpr std::size_t kMostKept = std::size_t{64} << 10U;
// Pieces of a list up to here are joined, so that they do not cost a system call each.
constexpr std::size_t kMostJoined = std::size_t{16} << 10U;

std::string_view bytes_of(PyObject* bytes) {
  return {PyBytes_AS_STRING(bytes), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes))};
}

bool check_item(PyObject* item) {
  if (PyBytes_Check(item)) return true;
  PyErr_Format(PyExc_TypeError, "the application's iterable must give bytes, not %.200s%s",
               Py_TYPE(item)->tp_name,
               PyLong_Check(item) ? " (return [body], not body itself)" : "");
  return false;
}

// An exact list or tuple: its length is known, and it has no close().
bool is_plain_sequence(PyObject* body) {
  return PyList_CheckExact(body) || PyTuple_CheckExact(body);
}

bool is_iterable(PyObject* body) {
  if (Py_TYPE(body)->tp_iter != nullptr || PySequence_Check(body) != 0) return true;
  PyErr_Format(PyExc_TypeError, "the application must return an iterable of bytes, not %.200s",
               Py_TYPE(body)->tp_name);
  return false;
}

// PEP 3333: then the length of the only item is that of the body. Of frameworks' own classes, which
// seldom have a length, the iterator may tell.
bool gives_one_item(PyObject* body, PyObject* iterator) {
  const bool is_lists =
      Py_TYPE(iterator) == &PyListIter_Type || Py_TYPE(iterator) == &PyTupleIter_Type;
  const PySequenceMethods* const methods = Py_TYPE(body)->tp_as_sequence;
  if (!is_lists && (methods == nullptr || methods->sq_length == nullptr)) return false;
  const Py_ssize_t length = is_lists ? PyObject_LengthHint(iterator, -1) : PyObject_Size(body);
  if (length < 0) PyErr_Clear();
  return length == 1;
}

}  // namespace

bool BodySender::send(Gil& gil, PyObject* body) {
  if (is_plain_sequence(body)) return send_sequence(gil, body);
  if (reinterpret_cast<PyObject*>(Py_TYPE(body)) == application_.file_wrapper_type())
    if (const auto is_sent = send_wrapped(gil, body)) return *is_sent;
  return send_iterable(gil, body);
}

bool BodySender::expect_head() const {
  if (output_.has_head()) return true;
  PyErr_SetString(PyExc_AssertionError, output_.head().is_refused()
                                            ? "start_response refused the head of the response"
                                            : "the application has not called start_response");
  return false;
}

bool BodySender::may_go_on(Gil& gil, const Result<>& sent) {
  if (sent) return !output_.takes_no_more();
  if (output_.is_client_gone()) {
    log_debug("response not sent", {{"reason", describe(sent.error())}});
  } else {
    log_record(gil, LogLevel::kError, "response head refused: " + sent.error().detail);
    output_.give_up();
  }
  return false;
}

bool BodySender::send_sequence(Gil& gil, PyObject* body) {
  std::uint64_t total = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(body); ++i) {
    PyObject* const item = PySequence_Fast_GET_ITEM(body, i);
    if (!check_item(item)) return false;
    total += bytes_of(item).size();
  }
  if (!expect_head()) return false;
  const Turn turn(gil, lease_);
  output_.know_length(total);
  if (total > kMostKept) return send_items(gil, body);
  output_.keep_last({});
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(body); ++i)
    output_.keep_last_also(bytes_of(PySequence_Fast_GET_ITEM(body, i)));
  return true;
}

// The list may change while the GIL is free, so nothing about it is remembered.
bool BodySender::send_items(Gil& gil, PyObject* body) {
  std::string joined;
  Py_ssize_t i = 0;
  while (i < PySequence_Fast_GET_SIZE(body)) {
    const Ref item = Ref::borrow(PySequence_Fast_GET_ITEM(body, i));
    if (!check_item(item.get())) return false;
    const std::string_view bytes = bytes_of(item.get());
    if (joined.size() + bytes.size() <= kMostJoined) {
      joined += bytes;
      ++i;
      continue;
    }
    if (joined.empty()) ++i;
    const std::string_view next = joined.empty() ? bytes : std::string_view(joined);
    const bool is_last = joined.empty() && i >= PySequence_Fast_GET_SIZE(body);
    const Result<> sent = is_last ? output_.send_last(gil, next) : output_.send(gil, next);
    if (!may_go_on(gil, sent)) return true;
    joined.clear();
  }
  if (!output_.is_ended()) (void)may_go_on(gil, output_.send_last(gil, joined));
  return true;
}

std::optional<bool> BodySender::send_wrapped(Gil& gil, PyObject* wrapper) {
  if (!output_.has_head() || output_.is_head_sent() || output_.takes_no_more()) return std::nullopt;
  const Ref file = state_of<FileWrapper>(wrapper).file;
  const auto found = application_.file_types().look_at(gil, file.get());
  if (!found) return std::nullopt;
  const Turn turn(gil, lease_);
  // Another thread may have begun the body meanwhile.
  if (!output_.has_head() || output_.is_head_sent()) return std::nullopt;
  (void)may_go_on(gil, output_.send_file(gil, found->descriptor, found->part));
  return true;
}

bool BodySender::send_iterable(Gil& gil, PyObject* body) {
  if (!is_iterable(body)) return false;
  const Iteration iteration = output_.takes_no_more() ? Iteration::kLeft : iterate(gil, body);
  if (iteration == Iteration::kFailed || !expect_head()) return false;
  if (output_.is_ended() || output_.is_client_gone()) return true;
  const Turn turn(gil, lease_);
  // close() does nothing on a generator that has ended: nobody waits for it.
  if (PyGen_CheckExact(body) && iteration == Iteration::kEnded)
    output_.keep_last({});
  else
    (void)may_go_on(gil, output_.send_last(gil, {}));
  return true;
}

BodySender::Iteration BodySender::iterate(Gil& gil, PyObject* body) {
  const Ref iterator = Ref::steal(PyObject_GetIter(body));
  if (!iterator) return Iteration::kFailed;
  bool is_only = gives_one_item(body, iterator.get());
  while (const Ref item = Ref::steal(PyIter_Next(iterator.get()))) {
    if (!check_item(item.get())) return Iteration::kFailed;
    if (is_only && output_.has_head()) output_.know_length(bytes_of(item.get()).size());
    is_only = false;
    if (PyBytes_GET_SIZE(item.get()) == 0) continue;
    if (!expect_head()) return Iteration::kFailed;
    const Turn turn(gil, lease_);
    if (!may_go_on(gil, output_.send(gil, bytes_of(item.get())))) return Iteration::kLeft;
  }
  return PyErr_Occurred() != nullptr ? Iteration::kFailed : Iteration::kEnded;
}

}  // namespace warp::python::wsgi
