// wsgi.file_wrapper: an iterable over a file, in blocks.
#pragma once

#include "python/python.hpp"

namespace warp::python::wsgi {

// The state of a wsgi.file_wrapper(filelike, block_size=8192).
struct FileWrapper {
  Ref file;
  Py_ssize_t block_size = 0;
};

[[nodiscard]] Ref make_file_wrapper_type();

}  // namespace warp::python::wsgi
