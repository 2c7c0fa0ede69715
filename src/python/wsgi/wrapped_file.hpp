// Which part of a real file a wsgi.file_wrapper stands for: that can go to the client without being
// read here.
#pragma once

#include "python/python.hpp"

#include <optional>

#include "python/gil.hpp"
#include "wire/file_part.hpp"

namespace warp::python::wsgi {

struct WrappedFile {
  int descriptor;  // the file's, who has to stay open
  wire::FilePart part;
};

// The classes of Python's own files, whose read() gives what the descriptor gives. Other classes of
// `io` may have a descriptor and give something else, as gzip.GzipFile does.
class FileTypes final {
 public:
  // Once. False with an exception.
  [[nodiscard]] bool prepare(Gil& gil);

  // From where the file stands to its end. nullopt, without an exception, for all that has to be
  // read: no descriptor, no regular file, bytes that are not the descriptor's.
  [[nodiscard]] std::optional<WrappedFile> look_at(Gil& gil, PyObject* file) const;

 private:
  [[nodiscard]] bool gives_its_bytes(PyObject* file) const;

  Ref raw_;
  Ref reader_;
  Ref random_;
  Ref base_;
};

}  // namespace warp::python::wsgi
