#include "launcher/plan/sizes.hpp"

#include <algorithm>

namespace warp {
namespace {

// A thread of httpd is taken by a request that runs in the application, waits for it, is being
// uploaded, or is a file; an idle keep-alive connection takes none under event. So the pool holds
// all application threads, as many waiting requests, and room for slow clients and files. Threads
// cost some tens of kilobytes each; a pool that is too small costs requests (mod_wsgi-express
// reckons 20 to 36 slots and resets connections of 64 keep-alive clients).
constexpr unsigned kRoomForOthers = 64;
constexpr unsigned kSmallestCapacity = 128;
// With --max-clients the user decides; only the application's own threads are kept busy.
constexpr unsigned kLeastReserve = 10;
// For the management pages and for files, when all that may wait for the application waits. Of each
// of several children httpd may leave a thread unused.
constexpr unsigned kManagementReserve = 16;
// Who lets more requests wait says with --max-clients how large httpd is to be.
constexpr unsigned kLongestPlannedQueue = 1000;
constexpr unsigned kThreadsPerChild = 64;
constexpr unsigned kLeastThreadsPerChild = 25;

unsigned divide_up(unsigned a, unsigned b) { return (a + b - 1) / b; }

// The launcher, two programs for logs, httpd's parent, the supervisor and a template.
constexpr unsigned kOtherTasks = 8;
// Of each worker and each child of httpd, beside the threads for requests.
constexpr unsigned kOwnTasks = 3;

std::uint64_t tasks_of_workers(const Settings& settings) {
  return 2 * std::uint64_t{settings.processes} * (settings.threads + kOwnTasks);
}

// What the limit leaves for the requests of one generation of httpd's children.
unsigned room_for_requests(const Settings& settings, std::uint64_t tasks, Mpm mpm) {
  const std::uint64_t others = kOtherTasks + tasks_of_workers(settings);
  const std::uint64_t left = (tasks - std::min(tasks, others)) / 2;
  constexpr std::uint64_t kMost = std::uint64_t{1} << 16U;
  if (mpm == Mpm::kPrefork) return static_cast<unsigned>(std::min(left, kMost));
  // There are two children, or one for so many threads, and each may get one more by rounding up.
  const std::uint64_t with_two = left - std::min(left, std::uint64_t{2} * kOwnTasks);
  const std::uint64_t with_more = left * kThreadsPerChild / (kThreadsPerChild + kOwnTasks + 1);
  return static_cast<unsigned>(
      std::min({with_two, with_more - std::min<std::uint64_t>(with_more, kOwnTasks), kMost}));
}

unsigned wanted_capacity(const Settings& settings) {
  const unsigned in_application = settings.processes * settings.threads;
  if (settings.max_clients > 0)
    return std::max(settings.max_clients, in_application + kLeastReserve);
  const unsigned usual = std::max(kSmallestCapacity, 2 * in_application + kRoomForOthers);
  if (settings.management_port == 0) return usual;
  return std::max(usual, in_application + std::min(settings.queue_limit, kLongestPlannedQueue) +
                             kManagementReserve);
}

Sizes plan_prefork(unsigned capacity) {
  // Children that a graceful restart lets finish keep their slots for a while.
  return {.mpm = Mpm::kPrefork,
          .capacity = capacity,
          .children = capacity,
          .threads_per_child = 1,
          .spare_threads = 0,
          .server_limit = 2 * capacity};
}

}  // namespace

std::uint64_t most_tasks(const Settings& settings, const Sizes& sizes) {
  const unsigned own = sizes.mpm == Mpm::kPrefork ? 0 : kOwnTasks;
  return kOtherTasks + tasks_of_workers(settings) +
         2 * std::uint64_t{sizes.children} * (sizes.threads_per_child + own);
}

std::string doubt_about_tasks(const Settings& settings, const Sizes& sizes,
                              const Granted& granted) {
  const std::uint64_t most = most_tasks(settings, sizes);
  if (!granted.tasks || *granted.tasks >= most) return {};
  return "a reload can take " + std::to_string(most) + " processes and threads, and " +
         granted.tasks_by + " grants " + std::to_string(*granted.tasks) +
         "; raise that limit, or use fewer --processes, --threads or --max-clients";
}

Sizes plan_sizes(const Settings& settings, Mpm mpm, std::optional<std::uint64_t> tasks) {
  unsigned capacity = wanted_capacity(settings);
  unsigned least_threads = kLeastThreadsPerChild;
  if (tasks && settings.max_clients == 0) {
    const unsigned room = room_for_requests(settings, *tasks, mpm);
    if (room < capacity) least_threads = 1;
    capacity = std::clamp(room, settings.processes * settings.threads + kLeastReserve, capacity);
  }
  if (mpm == Mpm::kPrefork) return plan_prefork(capacity);
  // Few children: each keeps its own channels to every worker. Two at least: when one crashes, the
  // other serves on while httpd replaces it.
  const unsigned children = std::max(2U, divide_up(capacity, kThreadsPerChild));
  const unsigned threads = std::max(least_threads, divide_up(capacity, children));
  return {.mpm = mpm,
          .capacity = children * threads,
          .children = children,
          .threads_per_child = threads,
          // Less than a child's, so that httpd writes of a full server only when it nearly is.
          .spare_threads = threads / 2,
          .server_limit = 4 * children};
}

unsigned queue_limit_for(const Settings& settings, const Sizes& sizes) {
  if (settings.management_port == 0) return settings.queue_limit;
  const unsigned others = settings.processes * settings.threads + kManagementReserve;
  const unsigned room = sizes.capacity - std::min(sizes.capacity, others);
  return std::min(settings.queue_limit, room);
}

}  // namespace warp
