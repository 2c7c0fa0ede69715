#include "launcher/image/source_copy.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/project/workspace.hpp"

namespace warp {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kVersionControl = {".git", ".hg", ".svn"};

bool is_never_copied(const fs::path& entry, const std::string& path) {
  const std::string name = entry.filename().string();
  return std::find(kVersionControl.begin(), kVersionControl.end(), name) != kVersionControl.end() ||
         path == ".warpdrive/state" || is_file(entry.string() + "/pyvenv.cfg");
}

class Copier final {
 public:
  Copier(std::string source, const IgnoreRules& rules, std::string target, const StopSignals& stops)
      : source_(std::move(source)), rules_(rules), target_(std::move(target)), stops_(stops) {}

  Result<CopiedSource> copy() {
    std::error_code error;
    fs::recursive_directory_iterator place(source_, error);
    const fs::recursive_directory_iterator end;
    if (error) return fail_errno("read " + printable(source_), error.value());
    while (place != end) {
      WARP_CHECK(stops_.check());
      const fs::path entry = place->path();
      WARP_TRY(const bool descends, copy_entry(*place));
      if (!descends) place.disable_recursion_pending();
      place.increment(error);
      if (error) return fail_errno("read " + printable(entry.string()), error.value());
    }
    if (copied_.files > 0) return copied_;
    return fail(Errc::kNotFound, printable(source_) +
                                     ": there is no file to put into an image; are all of them "
                                     "left out by .dockerignore or .s2iignore?");
  }

 private:
  // Gives whether a folder's entries are to be seen.
  Result<bool> copy_entry(const fs::directory_entry& entry) {
    const std::string path = entry.path().lexically_relative(source_).string();
    std::error_code error;
    const fs::file_status status = entry.symlink_status(error);
    if (error) return fail_errno("read " + printable(entry.path().string()), error.value());
    const bool is_folder = fs::is_directory(status);
    if (is_never_copied(entry.path(), path)) return ++copied_.left_out, false;
    if (rules_.leaves_out(path)) return ++copied_.left_out, is_folder && rules_.has_exceptions();
    const fs::path target = target_ + "/" + path;
    fs::create_directories(is_folder ? target : target.parent_path(), error);
    if (!error && fs::is_symlink(status)) fs::copy_symlink(entry.path(), target, error);
    if (!error && fs::is_regular_file(status)) error = copy_file(entry, target);
    if (error) return fail_errno("copy " + printable(entry.path().string()), error.value());
    return is_folder;
  }

  std::error_code copy_file(const fs::directory_entry& entry, const fs::path& target) {
    std::error_code error;
    fs::copy_file(entry.path(), target, error);
    if (error) return error;
    ++copied_.files;
    copied_.bytes += fs::file_size(target, error);
    return error;
  }

  std::string source_;
  const IgnoreRules& rules_;
  std::string target_;
  const StopSignals& stops_;
  CopiedSource copied_{};
};

}  // namespace

Result<ScratchFolder> ScratchFolder::make(const std::string& parent) {
  std::string name = parent + "/warpdrive-image-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) return fail_errno("make a folder in " + printable(parent));
  return ScratchFolder(std::move(name));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<IgnoreRules> ignore_rules_of(const std::string& source) {
  IgnoreRules rules;
  for (const char* const name : {"/.dockerignore", "/.s2iignore"}) {
    if (!is_file(source + name)) continue;
    WARP_TRY(const std::string text, read_project_file(source + name));
    rules.add(text);
  }
  return rules;
}

Result<CopiedSource> copy_source(const std::string& source, const IgnoreRules& rules,
                                 const std::string& target, const StopSignals& stops) {
  return Copier(source, rules, target, stops).copy();
}

}  // namespace warp
