// Files as the stages read and write them.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace warp {

// kTooLarge when it holds more than `most` bytes.
[[nodiscard]] Result<std::string> read_text(const std::string& path,
                                            std::size_t most = std::string::npos);
// Readers see the old text or the new, never half of it.
[[nodiscard]] Result<> write_atomically(const std::string& path, std::string_view text,
                                        mode_t mode);

[[nodiscard]] bool is_file(const std::string& path);
[[nodiscard]] bool is_directory(const std::string& path);
[[nodiscard]] bool is_executable(const std::string& path);
[[nodiscard]] std::optional<uid_t> owner_of(const std::string& path);

// "/srv/app" + "lib/../x" is "/srv/app/x"; an absolute path stays. Text only: links stay as they
// are.
[[nodiscard]] std::string absolute(std::string_view path, const std::string& base);
// Links resolved as far as the path exists.
[[nodiscard]] std::string resolved(const std::string& path);
// Whether the path is the folder or lies in it, links resolved.
[[nodiscard]] bool holds(const std::string& folder, const std::string& path);
[[nodiscard]] std::string parent_of(const std::string& path);
[[nodiscard]] std::string name_of(const std::string& path);
// Names in a directory, sorted; empty for one that can't be read.
[[nodiscard]] std::vector<std::string> names_in_directory(const std::string& path);
// The first executable of that name in a PATH-like list.
[[nodiscard]] std::optional<std::string> find_program(std::string_view name,
                                                      std::string_view path_list);
// At most the last `count` lines.
[[nodiscard]] std::string last_lines(std::string_view text, std::size_t count);

}  // namespace warp
