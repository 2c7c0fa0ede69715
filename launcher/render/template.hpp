// Mustache templates that write httpd.conf and other files. The only file that includes kainjow's
// library is its .cpp.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "launcher/render/quote.hpp"
#include "launcher/render/template_values.hpp"

namespace warp {

// How a value is written in the file that a template makes.
using Quote = Result<std::string> (*)(std::string_view);

// Renders DIRECTORY/NAME.mustache; {{>topic}} is DIRECTORY/topic.mustache. {{value}} is quoted,
// {{&value}} goes in as it is. A name that the values don't have is an error, and so is a value
// that can't be quoted.
[[nodiscard]] Result<std::string> render_template(const std::string& directory,
                                                  const std::string& name,
                                                  const TemplateValues& values,
                                                  Quote quote = quote_for_httpd);

}  // namespace warp
