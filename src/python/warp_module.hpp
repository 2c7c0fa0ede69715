// The Python module `warp`: what an application can ask its worker.
#pragma once

#include "python/python.hpp"

#include <string>

#include "python/gil.hpp"

namespace warp::python {

struct WarpModuleContents {
  std::string process_group;
  Ref client_disconnected;
  Ref file_wrapper;
};

[[nodiscard]] Ref make_warp_module(Gil& gil, const WarpModuleContents& contents);

}  // namespace warp::python
