// A conversion as a warpdrive.toml.
#pragma once

#include "launcher/convert/conversion.hpp"

namespace warp {

// `from` is the name of the file that it was made of.
[[nodiscard]] std::string toml_text(const Conversion& conversion, const std::string& from);

}  // namespace warp
