// Where a project writes down which packages it needs.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp {

enum class Dependencies { kNone, kRequirements, kProject, kPipenv, kPoetry, kUv };

// "requirements": the word that chooses it.
[[nodiscard]] std::string_view word_of(Dependencies dependencies);
// "requirements.txt": the file that stands for it.
[[nodiscard]] std::string_view file_of(Dependencies dependencies);

// What the folder's files say. `is_installable`: pyproject.toml or setup.py describe a package of
// the project's own. `chosen`: a word that decides; "" for none. kAmbiguous when two are there and
// nothing decides.
[[nodiscard]] Result<Dependencies> find_dependencies(const std::string& folder, bool is_installable,
                                                     std::string_view chosen);

// All that an installation of them depends on, as one text.
[[nodiscard]] std::string inputs_of(Dependencies dependencies, const std::string& folder);

}  // namespace warp
