// Applications for the worker's tests: a function per request instead of an interpreter.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "worker/application.hpp"

namespace warp::worker {

using Serve = std::function<void(Exchange&)>;

class FakeThread final : public ApplicationThread {
 public:
  explicit FakeThread(Serve serve) : serve_(std::move(serve)) {}
  void serve(Exchange& exchange) override { serve_(exchange); }

 private:
  Serve serve_;
};

class FakeApplication final : public Application {
 public:
  explicit FakeApplication(Serve serve) : serve_(std::move(serve)) {}
  Result<> load() override { return {}; }
  std::unique_ptr<ApplicationThread> attach() override {
    return std::make_unique<FakeThread>(serve_);
  }
  std::vector<std::string> files_to_watch() const override { return {}; }
  std::vector<std::string> fork_obstacles(int /*own*/) override { return {}; }
  void prepare_to_fork() override {}
  void before_fork() override {}
  void after_fork_in_parent() override {}
  void after_fork_in_child() override {}
  void begin_stop(std::string_view /*reason*/) override {}
  void stop() override {}
  std::vector<std::string> imported_files() override {
    const std::lock_guard lock(mutex_);
    return imported_;
  }
  void import(std::string path) {
    const std::lock_guard lock(mutex_);
    imported_.push_back(std::move(path));
  }

 private:
  Serve serve_;
  std::mutex mutex_;  // guards: imported_
  std::vector<std::string> imported_;
};

inline Result<> answer(Exchange& exchange, std::string_view body) {
  WARP_CHECK(exchange.response.set_head({.status = 200, .reason = "OK", .fields = {}}));
  return exchange.response.write(body, Last::kYes);
}

inline Result<std::string> read_all(RequestBody& body) {
  std::string text;
  std::vector<char> piece(50'000);
  while (true) {
    WARP_TRY(const std::size_t count, body.read(piece));
    if (count == 0) return text;
    text.append(piece.data(), count);
  }
}

inline Result<> echo(Exchange& exchange) {
  WARP_TRY(const std::string body, read_all(exchange.body));
  return answer(exchange, body);
}

}  // namespace warp::worker
