// The application of the worker program that the supervisor's tests start: real machinery, no
// Python. STUB says how it loads, the request's path what it does.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "worker/application.hpp"

namespace warp::worker {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The process that has loaded the application.
pid_t importer = 0;

std::string path_of(const Exchange& exchange) {
  for (const wire::EnvironPair& pair : exchange.head.environ)
    if (pair.name == "REQUEST_URI") return std::string(pair.value);
  return "";
}

std::string text_for(const std::string& path) {
  if (path == "/pid") return std::to_string(::getpid());
  if (path == "/importer") return std::to_string(importer);
  if (path == "/directory") return ::get_current_dir_name();
  if (path == "/user") return variable("USER");
  return "hello";
}

// As multiprocessing does: the child does not exec, and outlives the worker.
void leave_a_child_behind() {
  constexpr unsigned kSeconds = 15;
  if (::fork() == 0) {
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(fd);
    ::alarm(kSeconds);
    ::pause();
  }
  ::raise(SIGKILL);
}

// ThreadSanitizer of GCC 12 allocates a thread's record of deferred signals at the thread's first
// blocking call, and loses a signal that arrives meanwhile: before the first that counts, then.
void have_signals_kept() { ::poll(nullptr, 0, 0); }

class StubThread final : public ApplicationThread {
 public:
  explicit StubThread(bool is_failed) : is_failed_(is_failed) {}

  void serve(Exchange& exchange) override {
    const std::string path = path_of(exchange);
    exchange.response.application_called();
    if (path == "/fork-and-die") leave_a_child_behind();
    if (path == "/crash") ::raise(SIGKILL);
    if (path == "/exit") ::_exit(0);
    while (path == "/hang") ::pause();
    if (is_failed_) return exchange.response.fail();
    if (exchange.response.set_head({.status = 200, .reason = "OK", .fields = {}}))
      (void)exchange.response.write(text_for(path), Last::kYes);
  }

 private:
  bool is_failed_;
};

class StubApplication final : public Application {
 public:
  Result<> load() override {
    have_signals_kept();
    importer = ::getpid();
    const std::string how = variable("STUB");
    if (how == "crash") std::abort();
    while (how == "hang") ::pause();
    is_failed_ = how == "fail" && ::access(variable("STUB_MEND").c_str(), F_OK) != 0;
    if (is_failed_) return fail(Errc::kApplication, "told to fail");
    return {};
  }
  std::unique_ptr<ApplicationThread> attach() override {
    return std::make_unique<StubThread>(is_failed_);
  }
  std::vector<std::string> files_to_watch() const override { return {variable("STUB_MEND")}; }
  std::vector<std::string> fork_obstacles(int /*own*/) override {
    if (variable("STUB") == "unfit") return {"thread 'poller'"};
    return {};
  }
  void prepare_to_fork() override {}
  void before_fork() override {}
  void after_fork_in_parent() override {}
  void after_fork_in_child() override {}
  void begin_stop(std::string_view /*reason*/) override {}
  void stop() override {}

 private:
  bool is_failed_ = false;
};

}  // namespace

std::unique_ptr<Application> make_application(const wire::GroupConfig& /*config*/,
                                              figures::Series /*series*/) {
  return std::make_unique<StubApplication>();
}

}  // namespace warp::worker
