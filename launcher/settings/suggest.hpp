// "Did you mean": the name nearest to a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warp {

// The nearest of the candidates; empty when none is near.
[[nodiscard]] std::string nearest_of(std::string_view name,
                                     const std::vector<std::string_view>& candidates);

// Name of the nearest option, without dashes; empty when none is near.
[[nodiscard]] std::string nearest_option(std::string_view name);

// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace warp
