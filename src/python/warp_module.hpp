// The Python module `warp`: what an application can ask its worker. warp.pyi lists it.
#pragma once

#include "python/python.hpp"

#include "figures/series.hpp"
#include "python/gil.hpp"
#include "python/wsgi/request_context.hpp"
#include "wire/group_config.hpp"

namespace warp::python {

struct WarpModuleContents {
  const wire::GroupConfig& config;
  const figures::Series& series;  // as long as the interpreter, like this:
  wsgi::RequestContexts& contexts;
  PyObject* client_disconnected = nullptr;
  PyObject* request_timeout = nullptr;
  PyObject* file_wrapper = nullptr;
};

// Empty with an exception.
[[nodiscard]] Ref make_warp_module(Gil& gil, const WarpModuleContents& contents);

}  // namespace warp::python
