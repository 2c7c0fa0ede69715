#include "launcher/detect/folders_below.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr unsigned kDeepest = 3;
constexpr std::size_t kMostFolders = 64;  // with a mark, in one level
constexpr std::size_t kMostLookedInto = 2000;

constexpr std::array<std::string_view, 11> kMarks = {
    "Procfile", "gunicorn.conf.py", "uwsgi.ini",        "app.sh",         "manage.py", "wsgi.py",
    "app.py",   "main.py",          "requirements.txt", "pyproject.toml", "setup.py"};

constexpr std::array<std::string_view, 13> kSkipped = {
    "node_modules", "site-packages", "dist-packages", "__pycache__", "test", "tests",     "docs",
    "examples",     "build",         "dist",          "env",         "venv", "migrations"};

template <typename Names>
bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// As survey/modules.py leaves them out.
bool is_skipped(const std::string& path, const std::string& name) {
  return name.starts_with(".") || has(kSkipped, name) || name.ends_with(".egg-info") ||
         is_file(path + "/pyvenv.cfg");
}

std::vector<std::string> subfolders(const std::string& directory) {
  std::vector<std::string> folders;
  for (const std::string& name : names_in_directory(directory)) {
    std::string path = directory + "/" + name;
    if (is_directory(path) && !is_skipped(path, name)) folders.push_back(std::move(path));
  }
  return folders;
}

bool has_mark(const std::string& directory) {
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
    return is_file(directory + "/" + std::string(mark));
  });
}

// True when something is left out.
bool shorten(std::vector<std::string>& paths, std::size_t most) {
  if (paths.size() <= most) return false;
  paths.resize(most);
  return true;
}

bool is_of_interest(const std::string& name) {
  return name.ends_with(".py") || name.ends_with(".ini") || has(kMarks, name);
}

}  // namespace

bool may_hold_project(const std::string& directory) {
  std::vector<std::string> level{directory};
  std::size_t looked_into = 0;
  for (unsigned depth = 0; depth <= kDeepest + 1; ++depth) {
    std::vector<std::string> next;
    for (const std::string& folder : level) {
      // Of a tree this large nobody can say that it holds nothing.
      if (++looked_into > kMostLookedInto) return true;
      const auto names = names_in_directory(folder);
      if (std::any_of(names.begin(), names.end(), is_of_interest)) return true;
      for (std::string& path : subfolders(folder)) next.push_back(std::move(path));
    }
    level = std::move(next);
  }
  return false;
}

std::vector<FolderLevel> folders_below(const std::string& directory) {
  std::vector<FolderLevel> levels;
  std::vector<std::string> parents{directory};
  bool is_cut = false;
  for (unsigned depth = 0; depth < kDeepest; ++depth) {
    std::vector<std::string> children;
    for (const std::string& folder : parents)
      for (std::string& path : subfolders(folder)) children.push_back(std::move(path));
    is_cut |= shorten(children, kMostLookedInto);
    FolderLevel level;
    std::copy_if(children.begin(), children.end(), std::back_inserter(level.folders), has_mark);
    level.is_cut = shorten(level.folders, kMostFolders) || is_cut;
    levels.push_back(std::move(level));
    parents = std::move(children);
  }
  return levels;
}

}  // namespace warp
