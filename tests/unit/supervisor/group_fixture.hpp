// A group of three processes in a world without processes.
#pragma once

#include <gmock/gmock.h>

#include <csignal>
#include <initializer_list>
#include <utility>
#include <vector>

#include "fake_host.hpp"
#include "supervisor/group.hpp"

namespace warp::supervisor {

inline wire::GroupConfig three_processes() {
  wire::GroupConfig config;
  config.name = "site";
  config.processes = 3;
  return config;
}

// Workers have the pids 100, 101, 102 in the slots 0, 1, 2, and 103 and so on later.
class GroupTest : public testing::Test {
 protected:
  explicit GroupTest(wire::GroupConfig config = three_processes()) : config_(std::move(config)) {}

  void ready(std::initializer_list<std::uint32_t> slots) {
    for (const std::uint32_t slot : slots) group_.on_status(slot, wire::WorkerStatus::kReady);
  }
  void start_ready() {
    group_.start();
    ready({0, 1, 2});
  }
  std::vector<Slot::Phase> phases(std::initializer_list<std::uint32_t> slots = {0, 1, 2}) const {
    std::vector<Slot::Phase> phases;
    for (const std::uint32_t slot : slots) phases.push_back(group_.slot(slot).phase());
    return phases;
  }
  void exit(std::initializer_list<pid_t> workers) {
    for (const pid_t worker : workers) group_.on_exit(worker, exit_status(0));
  }
  void pass(std::chrono::milliseconds time) {
    host_.advance(time);
    group_.on_time();
  }

  FakeHost host_;
  wire::GroupConfig config_;
  scoreboard::Scoreboard board_ =
      scoreboard::Scoreboard::map(
          scoreboard::create_segment({.slots = wire::slots_for(3)}).value().get())
          .value();
  Group group_{config_, host_, board_};
};

}  // namespace warp::supervisor
