#include "worker/run_worker.hpp"

#include <exception>
#include <span>
#include <utility>

#include "base/log.hpp"
#include "wire/heritage.hpp"
#include "worker/inheritance.hpp"
#include "worker/process_settings.hpp"
#include "worker/start_step.hpp"
#include "worker/template_process.hpp"
#include "worker/worker_process.hpp"

namespace warp::worker {
namespace {

Result<> begin_log(const wire::GroupConfig& config) {
  WARP_TRY(const LogLevel level, at_step(StartStep::kLog, parse_log_level(config.log_level)));
  start_log("warp-worker", level);
  return at_step(StartStep::kSettings, apply_process_settings(config));
}

Result<int> run_template(std::span<char> title) {
  WARP_TRY(TemplateInheritance inheritance,
           at_step(StartStep::kInheritance, take_template_inheritance()));
  WARP_CHECK(begin_log(inheritance.config));
  WARP_TRY(figures::Series series, at_step(StartStep::kInheritance, take_series()));
  auto application = make_application(inheritance.config, std::move(series));
  return TemplateProcess(std::move(inheritance), std::move(application), title).run();
}

Result<int> run(std::span<char* const> arguments) {
  if (is_for_template(arguments)) return run_template({arguments[2], wire::kTemplateWord.size()});
  WARP_TRY(Inheritance inheritance, at_step(StartStep::kInheritance, take_inheritance(arguments)));
  WARP_CHECK(begin_log(inheritance.config));
  WARP_TRY(figures::Series series, at_step(StartStep::kInheritance, take_series()));
  auto application = make_application(inheritance.config, std::move(series));
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
