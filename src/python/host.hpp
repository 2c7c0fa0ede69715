// The worker's application, in Python: the interpreter, the WSGI callable in it, and the threads'
// ways in.
#pragma once

#include "python/python.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "figures/series.hpp"
#include "python/bootstrap.hpp"
#include "python/development/error_pages.hpp"
#include "python/development/instruments.hpp"
#include "python/gil.hpp"
#include "python/inspector.hpp"
#include "python/runtime.hpp"
#include "python/wsgi/application.hpp"
#include "worker/application.hpp"

namespace warp::python {

class Host final : public worker::Application {
 public:
  Host(const wire::GroupConfig& config, figures::Series series)
      : config_(config), series_(std::move(series)) {}
  ~Host() override { stop(); }

  [[nodiscard]] Result<> load() override;
  [[nodiscard]] std::unique_ptr<worker::ApplicationThread> attach() override;
  [[nodiscard]] std::vector<std::string> files_to_watch() const override { return watched_; }
  [[nodiscard]] std::vector<std::string> imported_files() override;
  [[nodiscard]] std::vector<std::string> fork_obstacles(int own) override;
  void prepare_to_fork() override;
  void before_fork() override;
  void after_fork_in_parent() override;
  void after_fork_in_child() override;
  void begin_stop(std::string_view reason) override;
  void stop() override;
  [[nodiscard]] worker::Inspector* inspector() override { return &inspector_; }

 private:
  [[nodiscard]] bool prepare(Gil& gil);
  [[nodiscard]] bool load_application(Gil& gil);
  [[nodiscard]] Error report_failure(Gil& gil, PyObject* exception);

  wire::GroupConfig config_;
  figures::Series series_;
  Runtime runtime_;
  Bootstrap bootstrap_;
  ErrorPages error_pages_;
  Instruments instruments_;
  // Why there is no application, by PageForm; empty: nobody is told.
  std::array<std::string, 2> explanations_;
  wsgi::RequestContexts contexts_;
  Inspector inspector_{runtime_, bootstrap_, contexts_};
  std::unique_ptr<wsgi::Application> application_;  // null until the interpreter runs
  Ref module_;                                      // warp
  std::atomic<std::uint32_t> threads_{0};           // attached so far
  std::vector<std::string> watched_;
  std::string stop_reason_;
};

}  // namespace warp::python
