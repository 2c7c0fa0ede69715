#include "worker/run_worker.hpp"

#include <exception>
#include <span>
#include <utility>

#include "base/log.hpp"
#include "wire/heritage.hpp"
#include "worker/inheritance.hpp"
#include "worker/process_settings.hpp"
#include "worker/start_step.hpp"
#include "worker/worker_process.hpp"

namespace warp::worker {
namespace {

Result<int> run(std::span<char* const> arguments) {
  WARP_TRY(Inheritance inheritance, at_step(StartStep::kInheritance, take_inheritance(arguments)));
  WARP_TRY(const LogLevel level,
           at_step(StartStep::kLog, parse_log_level(inheritance.config.log_level)));
  start_log("warp-worker", level);
  WARP_CHECK(at_step(StartStep::kSettings, apply_process_settings(inheritance.config)));
  auto application = make_application(inheritance.config);
  return WorkerProcess(std::move(inheritance), std::move(application)).run();
}

}  // namespace

int run_worker(int argc, char** argv) {
  start_log("warp-worker", LogLevel::kWarn);
  try {
    const auto status = run(std::span(argv, static_cast<std::size_t>(argc)));
    if (status) return *status;
    log_error("worker can't start", {{"reason", describe(status.error())}});
    return wire::kExitBadHeritage;
  } catch (const std::exception& error) {
    log(LogLevel::kCritical, "worker failed", {{"reason", error.what()}});
    return 1;
  }
}

}  // namespace warp::worker
