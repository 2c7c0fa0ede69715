// Our .py files, compiled in so that the worker needs no file beside itself.
#pragma once

#include "python/python.hpp"

namespace warp::python {

extern const char* const kBootstrapSource;
extern const char* const kErrorPageSource;
extern const char* const kForkingSource;
extern const char* const kGuardsSource;
extern const char* const kImportedFilesSource;
extern const char* const kInspectionSource;
extern const char* const kInstrumentsSource;
extern const char* const kMetricsModuleSource;
extern const char* const kWarpModuleSource;

// What tracebacks call them.
inline constexpr const char* kSourceFile = "<warpdrive>";

// Runs the source with these names as its module's. False with an exception.
[[nodiscard]] bool run_source(const char* source, PyObject* names);

}  // namespace warp::python
