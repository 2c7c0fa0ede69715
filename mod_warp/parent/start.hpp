// The part of the module that runs in httpd's parent: one supervisor per process group, kept
// running until this configuration goes, and beyond a graceful restart when the next one has the
// same group.
#pragma once

#include <memory>
#include <vector>

#include "base/backoff.hpp"
#include "base/result.hpp"
#include "mod_warp/apache.hpp"
#include "mod_warp/config/process_group.hpp"
#include "mod_warp/parent/heritage.hpp"
#include "mod_warp/parent/kept.hpp"
#include "mod_warp/parent/kept_figures.hpp"

namespace warp {

// A group and the supervisor that it has now.
struct SupervisedGroup {
  const ProcessGroup& group;
  std::string identity;
  Heritage heritage;
  GroupFiguresMemory figures;
  Parent& parent;
  apr_proc_t process{};  // pid 0: none
  Backoff backoff{};
  std::chrono::steady_clock::time_point started_at{};
  bool is_hopeless = false;  // its heritage is of no use to a supervisor
};

// httpd's, as post_config gets them.
struct ParentPools {
  apr_pool_t* configuration = nullptr;
  apr_pool_t* log = nullptr;  // see keep()
};

class Parent final {
 public:
  // Starts the supervisors of the installation, but for those that have been kept, and stores
  // itself there, also when it fails, so that what has been started is ended with the pool.
  [[nodiscard]] static Result<> start(Installation& installation, ParentPools pools,
                                      server_rec* server);

  Parent(const Installation& installation, ParentPools pools, server_rec* server);

  [[nodiscard]] pid_t pid() const { return pid_; }
  // Children of httpd use it too: the group's scoreboard and connectors.
  [[nodiscard]] Heritage& heritage_of(const ProcessGroup& group) const {
    return groups_[group.index]->heritage;
  }
  [[nodiscard]] const GroupFiguresMemory& figures_of(const ProcessGroup& group) const {
    return groups_[group.index]->figures;
  }
  // A child of httpd has ended; its requests load nobody any more.
  void child_ended(pid_t child) const;
  // Now and then: a supervisor that could not be forked is tried again.
  void tend();
  // In a child of httpd: closes what only supervisors need.
  void keep_only_what_children_use();
  // This configuration goes: all supervisors are ended, or, when httpd only restarts, left to the
  // children that still use them and to the next configuration.
  void leave();

 private:
  [[nodiscard]] std::vector<std::string> group_names() const;
  [[nodiscard]] ControlSocket control_socket_of(const std::string& group) const;
  Result<> add(const ProcessGroup& group, std::vector<KeptGroup>& kept);
  Result<> begin(const ProcessGroup& group, std::string identity);
  Result<> go_on(const ProcessGroup& group, KeptGroup kept);
  Result<> spawn(SupervisedGroup& group, std::chrono::seconds delay);
  void watch(SupervisedGroup& group);
  void start_again(SupervisedGroup& group, const std::string& event);
  void supervisor_ended(SupervisedGroup& group, int status);
  void end_all() const;
  void hand_over() const;
  static void on_change(int reason, void* data, int status);

  const Installation& installation_;
  ParentPools pools_;
  server_rec* server_;
  pid_t pid_;
  bool is_full_restart_ = false;  // or a stop: httpd has ended its children itself
  std::vector<std::unique_ptr<SupervisedGroup>> groups_;
};

}  // namespace warp
