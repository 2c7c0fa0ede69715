#include "launcher/render/control_script.hpp"

#include "launcher/render/quote.hpp"
#include "launcher/render/template.hpp"

namespace warp {

Result<std::string> render_control_script(const Plan& plan) {
  TemplateValues values;
  values.named["server_root"] = quote_for_shell(plan.server_root);
  values.named["httpd"] = quote_for_shell(plan.httpd.executable);
  values.named["program"] = quote_for_shell(plan.installation.program);
  return render_template(plan.installation.template_directory, "apachectl", values);
}

}  // namespace warp
