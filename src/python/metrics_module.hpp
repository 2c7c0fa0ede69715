// The Python module `warp.metrics`. warp_metrics.pyi lists it.
#pragma once

#include "python/python.hpp"

#include "figures/series.hpp"
#include "python/gil.hpp"

namespace warp::python {

// Also in sys.modules. Empty with an exception. `series` lives as long as the interpreter.
[[nodiscard]] Ref make_metrics_module(Gil& gil, const figures::Series& series);

}  // namespace warp::python
