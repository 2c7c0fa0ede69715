// What one child of httpd keeps between requests.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "channel/pool.hpp"
#include "figures/chronicle.hpp"
#include "figures/series.hpp"
#include "mod_warp/child/active_channels.hpp"
#include "mod_warp/config/process_group.hpp"
#include "mod_warp/parent/heritage.hpp"
#include "mod_warp/shared/tally.hpp"

namespace warp {

struct ChildGroup {
  const ProcessGroup& group;
  const scoreboard::Scoreboard& board;
  const Ledger& ledger;
  const Tally& tally;
  const figures::Chronicle& chronicle;
  const figures::Series& series;
  const std::vector<channel::Connector>& connectors;
  std::int32_t pid;  // this child's
  channel::Timeouts timeouts;
  channel::Pool pool;
};

// Used by all threads of the child. Never destroyed: prefork ends a child from within a signal
// handler, and the kernel cleans up well.
class Child final {
 public:
  // Takes up what the parent has made.
  Child(const Installation& installation, std::size_t threads);

  [[nodiscard]] ChildGroup& group(const ProcessGroup& group) { return *groups_[group.index]; }
  [[nodiscard]] ActiveChannels& active() { return active_; }
  // Unique among the children of one httpd.
  [[nodiscard]] std::uint64_t next_request_id();
  // guards: the error log's order. The lines of one record of an application stay together. Held
  // while httpd writes them, as there is no other way to keep its other threads out.
  [[nodiscard]] std::mutex& log_mutex() { return log_mutex_; }
  // At the child's end, also from within a signal handler: whatever it has in workers still, it
  // does not wait for. The parent does the rest.
  void abandon_requests() const;

 private:
  std::vector<std::unique_ptr<ChildGroup>> groups_;
  ActiveChannels active_;
  std::mutex log_mutex_;
  std::uint64_t pid_;
  std::atomic<std::uint32_t> requests_{0};
};

}  // namespace warp
