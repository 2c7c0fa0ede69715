// The application can close any descriptor of its process (os.closerange does), those of the worker
// too. Whichever the worker misses first, it can do nothing useful any more.
#pragma once

#include <string_view>

namespace warp::worker {

// Ends the process at once, for the supervisor to start another. In a process that the application
// has forked, and that has come back from the application's code: quietly.
[[noreturn]] void end_without_descriptor(std::string_view what);

}  // namespace warp::worker
