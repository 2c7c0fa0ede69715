// A worker process from its first line to its exit status.
#pragma once

namespace warp::worker {

// main() of every warp-worker-X.Y. Gives the exit status, one of heritage.hpp's.
[[nodiscard]] int run_worker(int argc, char** argv);

}  // namespace warp::worker
