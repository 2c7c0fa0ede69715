// The text of bootstrap.py, compiled in so that the worker needs no file beside itself.
#pragma once

namespace warp::python {

extern const char* const kBootstrapSource;

}  // namespace warp::python
