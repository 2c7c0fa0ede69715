// The shells that we print code for, and how each quotes a text.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "launcher/host/host.hpp"

namespace warp {

enum class Shell { kBash, kZsh, kFish };

// `named` (--shell) when it says something, else the process that started us, else $SHELL, else
// bash. kInvalidSetting for a named one that we can't speak.
[[nodiscard]] Result<Shell> find_shell(std::string_view named, const Environment& environment);
[[nodiscard]] std::string_view name_of(Shell shell);

// One word for the shell, whatever the text holds.
[[nodiscard]] std::string quoted_for(Shell shell, std::string_view text);

// `export NAME='value'` or its like, with the line's end. The name is one of ours.
[[nodiscard]] std::string assignment(Shell shell, std::string_view name, std::string_view value);

}  // namespace warp
