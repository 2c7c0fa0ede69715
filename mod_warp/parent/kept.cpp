#include "mod_warp/parent/kept.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <new>
#include <span>
#include <type_traits>

#include "mod_warp/pool.hpp"

namespace warp {
namespace {

// The number is this record's version: the build that reads may be another than the one that wrote.
constexpr const char* kKey = "warp_kept_groups_2";

// A group as plain memory of the pool: nothing in it may point into this module.
struct Record {
  Record* next;
  const char* identity;
  std::size_t identity_size;
  pid_t supervisor;
  Backoff backoff;
  std::chrono::steady_clock::time_point started_at;
  const char* control_path;
  std::size_t control_path_size;
  dev_t control_device;
  ino_t control_inode;
  const int* descriptors;  // the first is the control socket
  std::size_t descriptor_count;
};
static_assert(std::is_trivially_copyable_v<Record> && std::is_trivially_destructible_v<Record>);

Record* first_of(apr_pool_t* pool) {
  void* first = nullptr;
  apr_pool_userdata_get(&first, kKey, pool);
  return static_cast<Record*>(first);
}

void set_first(apr_pool_t* pool, const Record* first) {
  apr_pool_userdata_set(first, kKey, nullptr, pool);
}

// By a function of APR's: ours will not be there any more.
void close_with(apr_pool_t* pool, int descriptor) {
  constexpr int kRegisterCleanup = 1;
  apr_file_t* file = nullptr;
  apr_os_pipe_put_ex(&file, &descriptor, kRegisterCleanup, pool);
}

// Copies, since the pool will close its own. None when they are not all to be had.
std::vector<UniqueFd> copies_of(std::span<const int> descriptors) {
  std::vector<UniqueFd> copies;
  for (const int descriptor : descriptors) {
    UniqueFd copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (!copy) return {};
    copies.push_back(std::move(copy));
  }
  return copies;
}

}  // namespace

void keep(KeptGroup group, apr_pool_t* pool) {
  ControlSocket::Parts control = group.control.release();
  group.descriptors.insert(group.descriptors.begin(), std::move(control.socket));
  const std::size_t count = group.descriptors.size();
  auto* const descriptors = static_cast<int*>(apr_palloc(pool, count * sizeof(int)));
  auto* const record =
      new (apr_palloc(pool, sizeof(Record))) Record{.next = first_of(pool),
                                                    .identity = pool_text(pool, group.identity),
                                                    .identity_size = group.identity.size(),
                                                    .supervisor = group.supervisor,
                                                    .backoff = group.backoff,
                                                    .started_at = group.started_at,
                                                    .control_path = pool_text(pool, control.path),
                                                    .control_path_size = control.path.size(),
                                                    .control_device = control.device,
                                                    .control_inode = control.inode,
                                                    .descriptors = descriptors,
                                                    .descriptor_count = count};
  for (std::size_t i = 0; i < count; ++i) {
    descriptors[i] = group.descriptors[i].release();
    close_with(pool, descriptors[i]);
  }
  set_first(pool, record);
}

std::vector<KeptGroup> take_kept(apr_pool_t* pool) {
  std::vector<KeptGroup> groups;
  for (const Record* record = first_of(pool); record != nullptr; record = record->next) {
    auto descriptors = copies_of({record->descriptors, record->descriptor_count});
    if (descriptors.empty()) continue;
    auto control =
        ControlSocket::adopt({.socket = std::move(descriptors.front()),
                              .path = std::string(record->control_path, record->control_path_size),
                              .device = record->control_device,
                              .inode = record->control_inode});
    descriptors.erase(descriptors.begin());
    groups.push_back({.identity = std::string(record->identity, record->identity_size),
                      .supervisor = record->supervisor,
                      .backoff = record->backoff,
                      .started_at = record->started_at,
                      .control = std::move(control),
                      .descriptors = std::move(descriptors)});
  }
  set_first(pool, nullptr);
  return groups;
}

}  // namespace warp
