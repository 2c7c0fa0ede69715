// Projects in the folders of a repository that is none itself.
#pragma once

#include <string>
#include <vector>

namespace warp {

// Whether anything in the folder could be a project of ours: Python files, or the files of servers.
// Nobody is asked, nothing is read.
[[nodiscard]] bool may_hold_project(const std::string& directory);

struct FolderLevel {
  std::vector<std::string> folders{};
  bool is_cut = false;  // there may be more, here or on the way here
};

// The folders in which a project may start, level by level. Left out: hidden ones, environments,
// tests, and other people's code.
[[nodiscard]] std::vector<FolderLevel> folders_below(const std::string& directory);

}  // namespace warp
