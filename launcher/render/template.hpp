// Mustache templates that write httpd.conf. The only file that includes kainjow's library is its
// .cpp.
#pragma once

#include "base/result.hpp"
#include "launcher/render/template_values.hpp"

namespace warp {

// Renders DIRECTORY/NAME.mustache; {{>topic}} is DIRECTORY/topic.mustache. {{value}} is quoted for
// httpd.conf, {{&value}} goes in as it is. A name that the values don't have is an error, and so is
// a value that httpd.conf can't carry.
[[nodiscard]] Result<std::string> render_template(const std::string& directory,
                                                  const std::string& name,
                                                  const TemplateValues& values);

}  // namespace warp
