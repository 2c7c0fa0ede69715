// httpd.conf from the plan: the names that conf-templates/ may use are set here.
#pragma once

#include "launcher/plan/plan.hpp"
#include "launcher/render/template_values.hpp"

namespace warp {

[[nodiscard]] Result<std::string> render_httpd_conf(const Plan& plan);

[[nodiscard]] TemplateValues httpd_conf_values(const Plan& plan);

}  // namespace warp
