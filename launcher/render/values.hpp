// The names that conf-templates/ may use, by topic; those of the application are in httpd_conf.cpp.
#pragma once

#include "launcher/plan/plan.hpp"
#include "launcher/render/template_values.hpp"

namespace warp {

void add_network(TemplateValues& values, const Plan& plan);
void add_logs(TemplateValues& values, const Plan& plan);
void add_requests(TemplateValues& values, const Plan& plan);
void add_static_files(TemplateValues& values, const Plan& plan);
// Access, and servers behind this one.
void add_others(TemplateValues& values, const Plan& plan);

// A list whose entries have the one name "word".
[[nodiscard]] inline TemplateList words(const std::vector<std::string>& texts) {
  TemplateList list;
  for (const std::string& text : texts) list.push_back({{{"word", text}}});
  return list;
}

[[nodiscard]] inline std::string seconds(std::chrono::seconds duration) {
  return std::to_string(duration.count());
}

}  // namespace warp
