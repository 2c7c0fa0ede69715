// Compiled once per Python, with the application of src/python: warp-worker-X.Y.
#include "worker/run_worker.hpp"

int main(int argc, char** argv) { return warp::worker::run_worker(argc, argv); }
