// A process that imports the application once and forks the workers of its generation, which share
// that memory. It has one thread and serves nothing itself.
#pragma once

#include <memory>
#include <span>

#include "base/result.hpp"
#include "channel/fork_order.hpp"
#include "wire/heritage.hpp"
#include "worker/application.hpp"
#include "worker/inheritance.hpp"
#include "worker/loaded_code.hpp"

namespace warp::worker {

class TemplateProcess final {
 public:
  // `title`: the text of the process list that says "template", which a worker overwrites.
  TemplateProcess(TemplateInheritance inheritance, std::unique_ptr<Application> application,
                  std::span<char> title);

  // Ends the process when no more workers are wanted, without atexit handlers: what they would tidy
  // up is the workers'. Returns in each worker, with its exit status.
  [[nodiscard]] Result<int> run();

 private:
  [[nodiscard]] bool is_fit_to_fork();
  void report(wire::WorkerStatus status);
  [[nodiscard]] Result<int> become_worker(channel::ForkOrder order, Result<> loaded);

  TemplateInheritance inheritance_;
  std::unique_ptr<Application> application_;
  LoadedCode code_;
  std::span<char> title_;
  pid_t supervisor_;
};

}  // namespace warp::worker
