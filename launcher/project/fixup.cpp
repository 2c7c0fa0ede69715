#include "launcher/project/fixup.hpp"

#include <fcntl.h>
#include <fts.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include "launcher/host/files.hpp"
#include "launcher/project/workspace.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr gid_t kRootGroup = 0;

struct CloseTree {
  void operator()(FTS* tree) const { ::fts_close(tree); }
};

mode_t with_group_as_owner(mode_t mode) {
  return (mode & ~static_cast<mode_t>(S_IRWXG)) | ((mode & S_IRWXU) >> 3U);
}

// The group only when it can be given: to root, and to members of group 0.
Result<> fix_entry(const FTSENT& entry) {
  const struct stat& found = *entry.fts_statp;
  if (S_ISLNK(found.st_mode)) return {};
  if (found.st_gid != kRootGroup && ::lchown(entry.fts_accpath, found.st_uid, kRootGroup) != 0)
    return fail_errno(std::string("give to group 0: ") + entry.fts_path);
  const mode_t mode = with_group_as_owner(found.st_mode) & 07777U;
  if (mode != (found.st_mode & 07777U) && ::chmod(entry.fts_accpath, mode) != 0)
    return fail_errno(std::string("chmod ") + entry.fts_path);
  return {};
}

Result<> fix_tree(std::string folder, const StopSignals& stops) {
  char* const roots[] = {folder.data(), nullptr};
  // The process's own folder stays as it is, and no link leads out of the tree.
  const std::unique_ptr<FTS, CloseTree> tree(
      ::fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, nullptr));
  if (!tree) return fail_errno("read " + folder);
  while (const FTSENT* const entry = ::fts_read(tree.get())) {
    WARP_CHECK(stops.check());
    if (entry->fts_info == FTS_DP) continue;
    if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS)
      return fail_errno(std::string("read ") + entry->fts_path, entry->fts_errno);
    WARP_CHECK(fix_entry(*entry));
  }
  return {};
}

}  // namespace

Result<int> fix_permissions(const Arguments& arguments, Host& host) {
  std::vector<std::string> folders;
  for (const std::string& word : arguments.words)
    folders.push_back(absolute(word, host.current_directory()));
  if (folders.empty()) {
    WARP_TRY(const Workspace workspace, open_workspace(host));
    folders.push_back(workspace.source);
    for (const char* const name : {"WARPDRIVE_APP_ROOT", "VIRTUAL_ENV"})
      if (std::string folder = variable(workspace.variables, name); is_directory(folder))
        folders.push_back(std::move(folder));
  }
  for (const std::string& folder : folders) {
    if (folder == "/") return fail(Errc::kUsage, "fixup: / is no project");
    print_step("Giving group 0 what the owner has: " + folder);
    WARP_CHECK(fix_tree(folder, host.stop_signals()));
  }
  return 0;
}

}  // namespace warp
