#include "python/wsgi/wrapped_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

namespace warp::python::wsgi {
namespace {

// nullopt, without an exception, when there is no such number.
std::optional<long long> ask(PyObject* file, const char* method) {
  const Ref answer = Ref::steal(PyObject_CallMethod(file, method, nullptr));
  if (answer && PyLong_Check(answer.get())) {
    const long long number = PyLong_AsLongLong(answer.get());
    if (number >= 0) return number;
  }
  PyErr_Clear();
  return std::nullopt;
}

// What was written and is not in the file yet.
bool flush(PyObject* file) {
  const Ref method = Ref::steal(PyObject_GetAttrString(file, "flush"));
  const bool is_done =
      method ? static_cast<bool>(Ref::steal(PyObject_CallObject(method.get(), nullptr)))
             : PyErr_ExceptionMatches(PyExc_AttributeError) != 0;
  if (PyErr_Occurred() != nullptr) PyErr_Clear();
  return is_done;
}

bool is_readable(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  return flags >= 0 && (flags & O_PATH) == 0 && (flags & O_ACCMODE) != O_WRONLY;
}

bool is_exactly(PyObject* object, const Ref& type) {
  return reinterpret_cast<PyObject*>(Py_TYPE(object)) == type.get();
}

}  // namespace

bool FileTypes::prepare(Gil& /*held*/) {
  const Ref io = Ref::steal(PyImport_ImportModule("io"));
  if (!io) return false;
  raw_ = Ref::steal(PyObject_GetAttrString(io.get(), "FileIO"));
  reader_ = Ref::steal(PyObject_GetAttrString(io.get(), "BufferedReader"));
  random_ = Ref::steal(PyObject_GetAttrString(io.get(), "BufferedRandom"));
  base_ = Ref::steal(PyObject_GetAttrString(io.get(), "IOBase"));
  return raw_ && reader_ && random_ && base_;
}

// A class outside io that has fileno() promises that it is as good as read() (PEP 3333).
bool FileTypes::gives_its_bytes(PyObject* file) const {
  if (is_exactly(file, raw_)) return true;
  if (is_exactly(file, reader_) || is_exactly(file, random_)) {
    const Ref raw = Ref::steal(PyObject_GetAttrString(file, "raw"));
    if (!raw) PyErr_Clear();
    return raw && is_exactly(raw.get(), raw_);
  }
  const int is_other_stream = PyObject_IsInstance(file, base_.get());
  if (is_other_stream < 0) PyErr_Clear();
  return is_other_stream == 0;
}

std::optional<WrappedFile> FileTypes::look_at(Gil& /*held*/, PyObject* file) const {
  if (!gives_its_bytes(file)) return std::nullopt;
  if (!is_exactly(file, reader_) && !flush(file)) return std::nullopt;
  const auto descriptor = ask(file, "fileno");
  const auto offset = descriptor ? ask(file, "tell") : std::nullopt;
  if (!offset || *descriptor > 0x7fffffff) return std::nullopt;
  struct stat status {};
  const int fd = static_cast<int>(*descriptor);
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || !is_readable(fd))
    return std::nullopt;
  const long long rest = std::max<long long>(status.st_size - *offset, 0);
  return WrappedFile{.descriptor = fd,
                     .part = {.offset = static_cast<std::uint64_t>(*offset),
                              .length = static_cast<std::uint64_t>(rest)}};
}

}  // namespace warp::python::wsgi
